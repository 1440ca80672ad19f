using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs.Streaming;

/// <summary>A run's events over HTTP, delivered by a runner that does what the test says.</summary>
public sealed class RunStreamEndpointTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BrigadeServer _server = new();
    private HttpClient _client = null!;
    private FakeRunner _runner = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _client = _server.Client();
        _runner = await FakeRunner.ConnectAsync(_server);
        await _runner.RegisterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Events_RunUnderWay_AreToldInOrderUntilItsEnd()
    {
        var run = await SubmitAsync();
        using var stream = await OpenAsync(run);
        await using var events = stream.Read().GetAsyncEnumerator();
        Assert.Equal("run", (await NextAsync(events)).EventType);

        await _runner.DeliverAsync(run, 0, Given.WholeRun()[..6]);
        var first = await UntilAsync(events, item => item.EventType == "frame" && (int?)Data(item)["number"] == 2);
        await _runner.DeliverAsync(run, 6, Given.WholeRun()[6..]);
        List<SseItem<string>> all = [.. first, .. await UntilAsync(events, item => item.EventId == "end")];

        Assert.False(await events.MoveNextAsync());
        Assert.Equal("completed", (string?)Data(all[^1])["status"]);
        Assert.Equal(2, Data(Assert.Single(all, item => item.EventType == "plan"))["plan"]!["trials"]!.AsArray().Count);
        Assert.Equal([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)], all.Where(item => item.EventType == "frame").Select(item => ((int)Data(item)["trial"]!, (int)Data(item)["number"]!)));
        var ended = all.FindIndex(item => item.EventType == "trial" && Data(item)["result"] is not null);
        Assert.True(ended > all.FindIndex(item => item.EventType == "frame" && (int?)Data(item)["number"] == 2));
        Assert.Equal(2, all.Count(item => item.EventType == "trial" && Data(item)["result"] is not null));
    }

    [Fact]
    public async Task Events_AfterACut_GoOnBehindTheLastOne()
    {
        var run = await SubmitAsync();
        await _runner.DeliverAsync(run, 0, Given.WholeRun());
        using var whole = await OpenAsync(run);
        List<SseItem<string>> all = await whole.Read().ToListAsync();
        var cut = all.FindIndex(item => item.EventType == "frame" && (int?)Data(item)["trial"] == 1);

        using var rest = await OpenAsync(run, all[cut].EventId);
        List<SseItem<string>> behind = await rest.Read().ToListAsync();

        Assert.Equal(all[(cut + 1)..].Select(item => item.EventId), behind.Where(item => item.EventType != "plan").Select(item => item.EventId), StringComparer.Ordinal);
        using var nothing = await OpenAsync(run, "end");
        Assert.Equal(HttpStatusCode.NoContent, nothing.Response.StatusCode);
    }

    [Fact]
    public async Task Events_WithoutFrames_HasTheRest()
    {
        var run = await SubmitAsync();
        await _runner.DeliverAsync(run, 0, Given.WholeRun());

        using var stream = await OpenAsync(run, query: "?frames=false");
        var names = (await stream.Read().ToListAsync()).Select(item => item.EventType).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(["plan", "run", "trial"], names.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Events_WrongQuestions_AreProblems()
    {
        var run = await SubmitAsync();
        foreach (var (id, lastEventId, query, status) in new[]
        {
            (run, "nonsense", "", HttpStatusCode.BadRequest), (run, "", "?frames=perhaps", HttpStatusCode.BadRequest), (Guid.NewGuid(), "", "", HttpStatusCode.NotFound),
        })
        {
            using var stream = await OpenAsync(id, lastEventId, query);

            Assert.Equal((status, "application/problem+json"), (stream.Response.StatusCode, stream.Response.Content.Headers.ContentType!.MediaType));
        }

        foreach (var (wait, status) in new[] { ("61", HttpStatusCode.BadRequest), ("soon", HttpStatusCode.BadRequest), ("1", HttpStatusCode.OK) })
            Assert.Equal(status, (await _client.GetAsync($"/api/v1/runs/{run}?wait={wait}")).StatusCode);
    }

    [Fact]
    public async Task Wait_RunThatEnds_AnswersThen()
    {
        var run = await SubmitAsync();
        var waiting = _client.GetStringAsync($"/api/v1/runs/{run}?wait=60");
        await _runner.DeliverAsync(run, 0, Given.WholeRun()[..6]);
        Assert.False(waiting.IsCompleted);

        await _runner.DeliverAsync(run, 6, Given.WholeRun()[6..]);

        Assert.Equal("completed", (string?)JsonNode.Parse(await waiting.WaitAsync(Patience))!["status"]);
    }

    private async Task<Guid> SubmitAsync()
    {
        using var response = await _client.PostAsync("/api/v1/runs", BrigadeServer.Json($$"""{ "spec": {{SpecWriter.ToJson(Given.Spec())}} }"""));
        await _runner.AssignedAsync();
        return Guid.Parse((string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!);
    }

    private async Task<EventReader> OpenAsync(Guid run, string? lastEventId = null, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events{query}");
        if (!string.IsNullOrEmpty(lastEventId))
            request.Headers.Add("Last-Event-ID", lastEventId);
        return new EventReader(await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    private static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> events) =>
        await events.MoveNextAsync().AsTask().WaitAsync(Patience) ? events.Current : throw new InvalidOperationException("The stream ended.");

    private static async Task<List<SseItem<string>>> UntilAsync(IAsyncEnumerator<SseItem<string>> events, Func<SseItem<string>, bool> wanted)
    {
        List<SseItem<string>> read = [];
        do
            read.Add(await NextAsync(events));
        while (!wanted(read[^1]));
        return read;
    }

    private static JsonNode Data(SseItem<string> item) => JsonNode.Parse(item.Data)!;

    private sealed class EventReader(HttpResponseMessage response) : IDisposable
    {
        public HttpResponseMessage Response => response;

        public async IAsyncEnumerable<SseItem<string>> Read()
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            await foreach (var item in SseParser.Create(stream).EnumerateAsync())
                yield return item;
        }

        public void Dispose() => response.Dispose();
    }
}
