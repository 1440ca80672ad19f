using Brigade.Contracts.Runs;
using Brigade.Web.Cluster;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Cluster;

public sealed class DispatcherTests
{
    private readonly FakeRunStorage _storage = new();
    private readonly FakeTimeProvider _time = new(Given.Noon);
    private readonly FakeGateway _gateway = new();
    private readonly ControlPlaneOptions _options = new();
    private readonly FakeRuns _runs;
    private readonly Dispatcher _dispatcher;

    public DispatcherTests()
    {
        _runs = new FakeRuns(_storage, _time);
        _dispatcher = new Dispatcher(_storage, _runs.Get, _options, _time, NullLogger.Instance);
    }

    [Fact]
    public async Task DispatchAsync_TwoQueuedOneRunner_OldestFirstAndOneAtATime()
    {
        var (second, first) = (Add(minutes: 2), Add(minutes: 1));
        await RegisterAsync("r1", "c1");
        Assert.Equal([("c1", first)], _gateway.Assigned);
        Assert.Equal(first, Assert.Single(_dispatcher.Runners(Guid.Empty)).ActiveRun);

        await _runs.Get(first).Deliver("r1", 0, Given.Raw(Given.WholeRun()));
        await _dispatcher.RunEndedAsync(first);

        Assert.Equal([("c1", first), ("c1", second)], _gateway.Assigned);
    }

    [Fact]
    public async Task Route_Runner_IsItsConnectionUntilItIsGone()
    {
        Assert.Null(_dispatcher.Route("r1"));
        await RegisterAsync("r1", "c1");
        Assert.Equal(new RunnerRoute("c1", _gateway), _dispatcher.Route("r1"));
        _dispatcher.Disconnected("c1");
        Assert.Null(_dispatcher.Route("r1"));
    }

    [Fact]
    public async Task Renew_SomeKnown_AnswersTheOthers()
    {
        await RegisterAsync("r1", "c1");

        Assert.Equal(["c2"], _dispatcher.Renew(["c1", "c2"]));
    }

    [Fact]
    public async Task TickAsync_NodeSaysNothingOfARunner_ForgetsItButNotThoseThatItVouchesFor()
    {
        _options.SilentAfter = TimeSpan.FromSeconds(10);
        await RegisterAsync("r1", "c1");
        await RegisterAsync("r2", "c2");
        _time.Advance(TimeSpan.FromSeconds(10));
        _dispatcher.Renew(["c2"]);
        _time.Advance(TimeSpan.FromSeconds(1));

        await _dispatcher.TickAsync();

        Assert.Null(_dispatcher.Route("r1"));
        Assert.NotNull(_dispatcher.Route("r2"));
    }

    [Fact]
    public async Task DispatchAsync_NoRunner_LeavesTheRunQueued()
    {
        var run = Add();

        await _dispatcher.DispatchAsync();

        Assert.Equal(RunStatus.Queued, Status(run));
    }

    [Fact]
    public async Task DispatchAsync_TwoRunners_EachGetsOne()
    {
        var (first, second) = (Add(1), Add(2));

        await RegisterAsync("r1", "c1");
        await RegisterAsync("r2", "c2");

        Assert.Equal([("c1", first), ("c2", second)], _gateway.Assigned);
    }

    [Fact]
    public async Task TickAsync_RunnerGoneForTooLong_RunIsLostWithReason()
    {
        var run = await StartedAsync();
        _dispatcher.Disconnected("c1");
        _time.Advance(_options.LostAfter - TimeSpan.FromSeconds(1));
        await _dispatcher.TickAsync();
        Assert.Equal(RunStatus.Running, Status(run));

        _time.Advance(TimeSpan.FromSeconds(1));
        await _dispatcher.TickAsync();

        Assert.Equal(RunStatus.Lost, Status(run));
        Assert.Contains("did not come back within 60 s", _storage[run].Row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RegisterAsync_RunnerComesBackWithItsRun_GoesOn()
    {
        var run = await StartedAsync();
        _dispatcher.Disconnected("c1");
        _time.Advance(_options.LostAfter / 2);

        await RegisterAsync("r1", "c2", run);
        _time.Advance(_options.LostAfter);
        await _dispatcher.TickAsync();

        Assert.Equal(RunStatus.Running, Status(run));
        Assert.Equal(run, Assert.Single(_dispatcher.Runners(Guid.Empty)).ActiveRun);
    }

    [Fact]
    public async Task RegisterAsync_RunnerComesBackWithoutItsRun_IsLostAtOnce()
    {
        var run = await StartedAsync();
        _dispatcher.Disconnected("c1");

        await RegisterAsync("r1", "c2");

        Assert.Equal(RunStatus.Lost, Status(run));
        Assert.Contains("started again", _storage[run].Row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RegisterAsync_AssignmentNeverArrived_IsAssignedAgain()
    {
        var run = Add();
        await RegisterAsync("r1", "c1");
        _dispatcher.Disconnected("c1");

        await RegisterAsync("r1", "c2");

        Assert.Equal([("c1", run), ("c2", run)], _gateway.Assigned);
    }

    [Fact]
    public async Task Disconnected_OldConnectionAfterTheNewOne_ChangesNothing()
    {
        await RegisterAsync("r1", "c1");
        await RegisterAsync("r1", "c2");

        _dispatcher.Disconnected("c1");

        Assert.Single(_dispatcher.Runners(Guid.Empty));
    }

    [Fact]
    public async Task RegisterAsync_RunThatHasEnded_IsCancelledOnTheRunner()
    {
        var run = Add(status: RunStatus.Lost);

        await RegisterAsync("r1", "c1", run);

        Assert.Equal([("c1", run)], _gateway.Cancelled);
        Assert.Null(Assert.Single(_dispatcher.Runners(Guid.Empty)).ActiveRun);
    }

    [Fact]
    public async Task TickAsync_AfterRestart_RunnerThatReportsItsRunContinues()
    {
        var run = Add(status: RunStatus.Running);
        await _dispatcher.TickAsync();

        await RegisterAsync("r1", "c1", run);
        _time.Advance(_options.LostAfter);
        await _dispatcher.TickAsync();

        Assert.Equal(RunStatus.Running, Status(run));
    }

    [Fact]
    public async Task TickAsync_AfterRestart_RunThatNobodyReportsIsGivenUp()
    {
        var run = Add(status: RunStatus.Running, committed: 3);
        await _dispatcher.TickAsync();

        _time.Advance(_options.LostAfter);
        await _dispatcher.TickAsync();

        Assert.Equal(RunStatus.Lost, Status(run));
    }

    [Fact]
    public async Task RegisterAsync_RunCancelledDuringACut_KeepsWhatTheRunnerHasYetToDeliver()
    {
        var run = await StartedAsync();
        _dispatcher.Disconnected("c1");
        await _runs.Get(run).Cancel();

        await RegisterAsync("r1", "c2", run);
        Assert.Equal([("c2", run)], _gateway.Cancelled);
        await _runs.Get(run).Deliver("r1", 1, Given.Raw([Given.TrialStarted(0), Given.Recorded(0, 0), Given.TrialEnded(0), Given.Ended(RunStatus.Cancelled, "Cancelled.")]));

        Assert.Equal((RunStatus.Cancelled, 4L), (Status(run), _storage[run].CommittedSequence));
    }

    [Fact]
    public async Task RegisterAsync_RunThatAnotherRunnerHas_StaysWithThat()
    {
        var run = await StartedAsync();

        await RegisterAsync("r2", "c2", run);

        Assert.Equal([("c2", run)], _gateway.Cancelled);
        Assert.Equal([run, null], _dispatcher.Runners(Guid.Empty).OrderBy(runner => runner.RunnerId, StringComparer.Ordinal).Select(runner => runner.ActiveRun));
        await _runs.Get(run).Deliver("r1", 1, Given.Raw(Given.TrialEnded(0)));
        Assert.Equal(1, _storage[run].CommittedSequence);
    }

    [Fact]
    public async Task RegisterAsync_SameConnectionAgain_KeepsWhatWasAssignedMeanwhile()
    {
        var run = await StartedAsync();

        await RegisterAsync("r1", "c1");

        Assert.Equal(RunStatus.Running, Status(run));
        Assert.Equal(run, Assert.Single(_dispatcher.Runners(Guid.Empty)).ActiveRun);
    }

    [Fact]
    public async Task TickAsync_AbandonCannotBeStored_IsTriedAgain()
    {
        var run = Add();
        await RegisterAsync("r1", "c1");
        _storage.IsFull = true;
        await RegisterAsync("r1", "c2");
        Assert.Equal(RunStatus.Assigned, Status(run));

        _storage.IsFull = false;
        _time.Advance(_options.RetryAfter);
        await _dispatcher.TickAsync();

        Assert.Equal([("c1", run), ("c2", run)], _gateway.Assigned);
    }

    [Fact]
    public async Task TickAsync_AssignmentWhoseAnswerWasLost_GoesBackToTheQueue()
    {
        var run = Add();
        _runs.Mute.Add(run);
        await RegisterAsync("r1", "c1");
        Assert.Equal(RunStatus.Assigned, Status(run));
        Assert.Empty(_gateway.Assigned);
        _runs.Mute.Clear();
        await _dispatcher.TickAsync();

        _time.Advance(_options.LostAfter);
        await _dispatcher.TickAsync();

        Assert.Equal([("c1", run)], _gateway.Assigned);
    }

    [Fact]
    public async Task TickAsync_EndThatWasNotTold_FreesTheRunner()
    {
        var first = await StartedAsync();
        var second = Add(minutes: 1);
        await _runs.Get(first).Deliver("r1", 1, Given.Raw(Given.Ended()));

        await _dispatcher.TickAsync();

        Assert.Equal([("c1", first), ("c1", second)], _gateway.Assigned);
    }

    [Fact]
    public async Task RegisterAsync_RunThatCannotBeLoaded_OthersGoOn()
    {
        var (queued, running, next) = (Add(1), Add(status: RunStatus.Running), Add(2));
        _runs.Broken.UnionWith([queued, running]);

        await RegisterAsync("r1", "c1", running);
        Assert.Single(_dispatcher.Runners(Guid.Empty));
        await RegisterAsync("r2", "c2");

        Assert.Equal([("c2", next)], _gateway.Assigned);
    }

    [Fact]
    public async Task CancelAsync_ConnectedRunner_IsTold()
    {
        var run = await StartedAsync();

        await _dispatcher.CancelAsync(run, "r1");
        await _dispatcher.CancelAsync(run, "unknown");

        Assert.Equal([("c1", run)], _gateway.Cancelled);
    }

    [Fact]
    public async Task DispatchAsync_RunnerOfAWorkspace_TakesItsRunsOnly()
    {
        var (mine, theirs) = (Guid.NewGuid(), Guid.NewGuid());
        var (foreign, own) = (Add(1, workspace: theirs), Add(2, workspace: mine));

        await RegisterOwnAsync("mine", "c1", mine);

        Assert.Equal([("c1", own)], _gateway.Assigned);
        Assert.Equal(RunStatus.Queued, Status(foreign));
        Assert.Empty(_dispatcher.Runners(theirs));
        Assert.Equal(own, Assert.Single(_dispatcher.Runners(mine)).ActiveRun);
    }

    [Fact]
    public async Task DispatchAsync_EmbeddedRunner_ServesAllAndTellsNobodyOfOthersRuns()
    {
        var (mine, theirs) = (Guid.NewGuid(), Guid.NewGuid());
        var foreign = Add(1, workspace: theirs);

        await RegisterAsync("embedded", "c1");

        Assert.Equal([("c1", foreign)], _gateway.Assigned);
        var seen = Assert.Single(_dispatcher.Runners(mine));
        Assert.Equal((null, true), (seen.ActiveRun, seen.Busy));
        Assert.Equal(foreign, Assert.Single(_dispatcher.Runners(theirs)).ActiveRun);
    }

    [Fact]
    public async Task DispatchAsync_WorkspaceWithARunnerOfItsOwn_UsesThatFirst()
    {
        var mine = Guid.NewGuid();
        await RegisterAsync("embedded", "c1");
        await RegisterOwnAsync("mine", "c2", mine);

        var run = Add(workspace: mine);
        await _dispatcher.DispatchAsync();

        Assert.Equal([("c2", run)], _gateway.Assigned);
    }

    private async Task<Guid> StartedAsync()
    {
        var run = Add();
        await RegisterAsync("r1", "c1");
        await _runs.Get(run).Deliver("r1", 0, Given.Raw(Given.Started()));
        return run;
    }

    private RunStatus Status(Guid run) => _storage[run].Row.Status;

    private Guid Add(int minutes = 0, RunStatus status = RunStatus.Queued, long committed = -1, Guid workspace = default)
    {
        var run = Given.Run(Guid.NewGuid(), status);
        _storage.Add(run with { Row = run.Row with { WorkspaceId = workspace, QueuedAt = Given.Noon.AddMinutes(minutes), RunnerName = status == RunStatus.Queued ? "" : "runner" }, CommittedSequence = committed });
        return run.Row.Id;
    }

    private Task RegisterOwnAsync(string runnerId, string connectionId, Guid workspace) =>
        _dispatcher.RegisterAsync(new RunnerRegistration(connectionId, runnerId, "runner", "1", "{}", [], Embedded: false, workspace), _gateway);

    private Task RegisterAsync(string runnerId, string connectionId, params Guid[] active) =>
        _dispatcher.RegisterAsync(new RunnerRegistration(connectionId, runnerId, "runner", "1", "{}", active, Embedded: true, WorkspaceId: null), _gateway);
}
