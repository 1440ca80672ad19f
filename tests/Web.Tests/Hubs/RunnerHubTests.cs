using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts.Runs;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Web.Tests.Hubs;

/// <summary>A runner's whole conversation: hub, grains, store and feed together.</summary>
public sealed class RunnerHubTests : IAsyncLifetime
{
    private readonly BrigadeServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Runner_WholeRun_IsStoredAndSeenLive()
    {
        await using var runner = await FakeRunner.ConnectAsync(_server);
        await runner.RegisterAsync();
        var id = await SubmitAsync();
        Assert.Contains("cpu.primes", (await runner.AssignedAsync()).Spec, StringComparison.Ordinal);
        await using var viewer = (await _server.Get<ILiveRuns>().WatchAsync(id))!;
        var events = Given.WholeRun();

        await runner.DeliverAsync(id, 0, events[..5]);
        var seen = await SeenAsync(viewer, 2);
        Assert.Equal(RunStatus.Running, viewer.Snapshot.Status);
        Assert.Equal(long.MaxValue, await runner.DeliverAsync(id, 5, events[5..]));

        Assert.Equal(6, seen.Count + (await SeenAsync(viewer, 4)).Count);
        await WaitForAsync(id, RunStatus.Completed);
        Assert.Equal(RunStatus.Completed, viewer.Snapshot.Status);
    }

    [Fact]
    public async Task LateViewer_OfARunUnderWay_SeesTheWholeSeries()
    {
        await using var runner = await FakeRunner.ConnectAsync(_server);
        await runner.RegisterAsync();
        var id = await SubmitAsync();
        await runner.AssignedAsync();
        await runner.DeliverAsync(id, 0, Given.WholeRun()[..11]);

        await using var viewer = (await _server.Get<ILiveRuns>().WatchAsync(id))!;

        Assert.Equal([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)], (await viewer.NextAsync(CancellationToken.None)).Select(frame => (frame.Trial, frame.Number)));
        Assert.Equal(1, viewer.Snapshot.CurrentTrial);
    }

    [Fact]
    public async Task Deliver_Gap_IsRefusedAndCommittedSaysWhereToContinue()
    {
        await using var runner = await FakeRunner.ConnectAsync(_server);
        await runner.RegisterAsync();
        var id = await SubmitAsync();
        await runner.AssignedAsync();
        await runner.DeliverAsync(id, 0, Given.Started());

        await Assert.ThrowsAsync<HubException>(() => runner.DeliverAsync(id, 5, Given.Recorded(0, 3)));

        Assert.Equal(0, await runner.CommittedAsync(id));
        Assert.Equal(long.MaxValue, await runner.CommittedAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task Deliver_BeforeRegistering_IsRefused()
    {
        await using var runner = await FakeRunner.ConnectAsync(_server);

        await Assert.ThrowsAsync<HubException>(() => runner.DeliverAsync(Guid.NewGuid(), 0, Given.Started()));
    }

    [Fact]
    public async Task Cancel_RunUnderWay_ReachesTheRunner()
    {
        await using var runner = await FakeRunner.ConnectAsync(_server);
        await runner.RegisterAsync();
        var id = await SubmitAsync();
        await runner.AssignedAsync();
        await runner.DeliverAsync(id, 0, Given.Started());
        using var client = _server.Client();

        await client.PostAsync($"/api/v1/runs/{id}/cancel", content: null);
        Assert.Equal(id, await runner.CancelledAsync());
        await runner.DeliverAsync(id, 1, Given.Ended(RunStatus.Cancelled, "Cancelled."));

        await WaitForAsync(id, RunStatus.Cancelled);
    }

    [Fact]
    public async Task Restart_InTheMiddleOfARun_NothingIsLostAndItGoesOn()
    {
        var events = Given.WholeRun();
        Guid id;
        await using (var runner = await FakeRunner.ConnectAsync(_server))
        {
            await runner.RegisterAsync();
            id = await SubmitAsync();
            await runner.AssignedAsync();
            await runner.DeliverAsync(id, 0, events[..9]);
        }

        await _server.RestartAsync();
        await using var again = await FakeRunner.ConnectAsync(_server);
        await again.RegisterAsync("r1", id);
        var committed = await again.CommittedAsync(id);
        Assert.InRange(committed, 6, 8);
        await again.DeliverAsync(id, committed + 1, events[(int)(committed + 1)..]);

        await WaitForAsync(id, RunStatus.Completed);
        using var client = _server.Client();
        var frames = JsonNode.Parse(await client.GetStringAsync($"/api/v1/runs/{id}/frames"))!.AsArray();
        Assert.Equal([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)], frames.Select(frame => ((int)frame!["trial"]!, (int)frame["number"]!)));
    }

    [Fact]
    public async Task Restart_QueuedRun_IsAssignedAfterwards()
    {
        var id = await SubmitAsync();

        await _server.RestartAsync();
        await using var runner = await FakeRunner.ConnectAsync(_server);
        await runner.RegisterAsync();

        Assert.Equal(id, (await runner.AssignedAsync()).RunId);
    }

    [Fact]
    public async Task Runners_Connected_AreListedWithTheirMachine()
    {
        await using var runner = await FakeRunner.ConnectAsync(_server);
        await runner.RegisterAsync();
        using var client = _server.Client();

        var listed = JsonNode.Parse(await client.GetStringAsync("/api/v1/runners"))!["items"]![0]!;

        Assert.Equal(("fake", 2, true), ((string?)listed["name"], (int)listed["machine"]!["cores"]!, (bool)listed["embedded"]!));
    }

    private async Task<Guid> SubmitAsync()
    {
        using var client = _server.Client();
        using var response = await client.PostAsync("/api/v1/runs", BrigadeServer.Json("""{ "spec": { "name": "primes", "workload": { "kernel": "cpu.primes" }, "matrix": { "strategy": ["sequential"], "workers": [1] }, "repeat": 2 } }"""));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return Guid.Parse((string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!);
    }

    private async Task WaitForAsync(Guid id, RunStatus status)
    {
        await using var viewer = (await _server.Get<ILiveRuns>().WatchAsync(id))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (viewer.Snapshot.Status != status)
            await viewer.NextAsync(patience.Token);
    }

    private static async Task<List<Frame>> SeenAsync(IRunViewer viewer, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var frames = new List<Frame>();
        while (frames.Count < count)
            frames.AddRange(await viewer.NextAsync(patience.Token));
        return frames;
    }
}
