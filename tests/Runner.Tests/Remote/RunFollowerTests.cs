using System.Net;
using System.Text;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Runner.Remote;
using Brigade.Runner.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Brigade.Runner.Tests.Remote;

public sealed class RunFollowerTests
{
    private readonly FakeStreams _streams = new();
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
    private readonly RecordingOutput _output = new();

    [Fact]
    public async Task Follow_CutStream_GoesOnBehindTheLastEventAndStartsOnce()
    {
        _streams.Answers.Enqueue(Run("running") + Planned() + Event("trial", new TrialState(0, TrialStatus.Running, 20, null), id: "::"));
        _streams.Answers.Enqueue(Run("running") + Planned() + Event("trial", new TrialState(0, TrialStatus.Completed, 20, Result()), "0::") + Run("completed", "end"));

        var ended = await FollowAsync();

        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Equal(["", "::"], _streams.LastEventIds);
        Assert.Equal([nameof(RunStarted), nameof(TrialMeasuring), nameof(TrialEnded), nameof(RunEnded)], _output.Events.Select(runEvent => runEvent.GetType().Name));
    }

    [Fact]
    public async Task Follow_ServerThatIsAwayForAMoment_IsAskedAgain()
    {
        _streams.Answers.Enqueue("503");
        _streams.Answers.Enqueue("cut");
        _streams.Answers.Enqueue(Run("cancelled", "end"));

        Assert.Equal(RunStatus.Cancelled, (await FollowAsync()).Status);
    }

    [Fact]
    public async Task Follow_ServerThatStaysAway_GivesUpAndSaysWhereTheRunIs()
    {
        _streams.Otherwise = "503";

        var problem = await Assert.ThrowsAsync<ServerException>(FollowAsync);

        Assert.Contains("https://brigade.example.org/runs/", problem.Message, StringComparison.Ordinal);
        Assert.Equal(3, problem.ExitCode);
    }

    [Fact]
    public async Task Follow_RunThatIsGone_EndsAtOnce()
    {
        _streams.Answers.Enqueue("404");

        Assert.Equal(2, (await Assert.ThrowsAsync<ServerException>(FollowAsync)).ExitCode);
    }

    // The pauses between two attempts pass at once.
    private async Task<RunState> FollowAsync()
    {
        using var client = new ServerClient(ServerAddress.Parse("https://brigade.example.org"), "key", _streams);
        var following = new RunFollower(client, _time).FollowAsync(Guid.NewGuid(), withFrames: true, _output, CancellationToken.None);
        while (!following.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        return await following;
    }

    private static string Run(string status, string? id = null) => $"event: run\ndata: {{\"status\":\"{status}\",\"reason\":\"\",\"trials\":1,\"trialsEnded\":0}}\n{(id is null ? "" : $"id: {id}\n")}\n";

    private static string Planned() => Event("plan", new RunPlanned(new Machine("host", 2, 1, "Linux", "cpu", "", 0, []), new TrialPlan([], [], 1, [])));

    private static TrialResult Result() => new() { Index = 0, Cell = 0, Repetition = 1, Status = TrialStatus.Completed, Runtime = "dotnet" };

    private static string Event<T>(string name, T data, string? id = null) => $"event: {name}\ndata: {JsonSerializer.Serialize(data, BrigadeJson.Options)}\n{(id is null ? "" : $"id: {id}\n")}\n";

    private sealed class FakeStreams : HttpMessageHandler
    {
        public Queue<string> Answers { get; } = [];

        public string Otherwise { get; set; } = "404";

        public List<string> LastEventIds { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            LastEventIds.Add(request.Headers.TryGetValues("Last-Event-ID", out var ids) ? ids.Single() : "");
            var answer = Answers.TryDequeue(out var next) ? next : Otherwise;
            return answer switch
            {
                "cut" => throw new HttpRequestException("Connection refused"),
                "404" or "503" => Task.FromResult(new HttpResponseMessage((HttpStatusCode)int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture)) { Content = new StringContent("""{ "title": "No." }""") }),
                _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "text/event-stream") }),
            };
        }
    }
}
