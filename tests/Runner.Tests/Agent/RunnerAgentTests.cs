using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Agent;
using Brigade.Runner.Agent.Journal;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Agent;

public sealed class RunnerAgentTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("brigade-agent-");
    private readonly FakeServer _server = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _problems = new();
    private readonly Guid _run = Guid.NewGuid();
    private Task _agent = Task.CompletedTask;

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _agent;
        await _server.DisposeAsync();
        _stop.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Register_AfterConnecting_SaysWhoItIs()
    {
        await StartAsync("good");

        var hello = _server.Hellos[0];
        Assert.Equal(("the-id", "the name"), (hello.RunnerId, hello.Name));
        Assert.Contains("\"runtimes\":", hello.Machine, StringComparison.Ordinal);
        Assert.Empty(hello.ActiveRuns);
    }

    [Fact]
    public async Task Assign_Run_DeliversAllOfItAndDeletesTheJournal()
    {
        await StartAsync("good");

        await AssignAsync(Jobs.Spec(repeat: 2));

        Assert.Equal(RunStatus.Completed, (await _server.EndAsync(_run)).Status);
        var events = _server.Events(_run);
        Assert.IsType<RunStarted>(events[0]);
        Assert.Equal(2, events.OfType<TrialEnded>().Count());
        await UntilJournalIsGoneAsync();
    }

    [Fact]
    public async Task Assign_ServerIsCutInTheMiddle_NothingIsLostOrDoubled()
    {
        await StartAsync("slow");
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.OnDelivered = (_, events) =>
        {
            if (events.OfType<FrameRecorded>().Any())
            {
                cut.TrySetResult();
            }

            return Task.CompletedTask;
        };
        await AssignAsync(Jobs.Spec(tasks: 100_000, timeout: TimeSpan.FromSeconds(6)));
        await cut.Task;

        await _server.CutAsync();
        var before = _server.Events(_run).OfType<FrameRecorded>().Count();
        await _server.StartAsync();

        Assert.Equal(RunStatus.Failed, (await _server.EndAsync(_run)).Status); // its one trial timed out
        var frames = _server.Events(_run).OfType<FrameRecorded>().Select(recorded => recorded.Frame.Number).ToList();
        Assert.Equal(Enumerable.Range(0, frames.Count), frames);
        Assert.InRange(frames.Count, before + 1, int.MaxValue); // some came after the cut
        Assert.Equal(0, _server.Duplicates);
        Assert.Equal([_run], _server.Hellos[^1].ActiveRuns);
    }

    [Fact]
    public async Task Assign_ServerLosesWhatItHadNotCommitted_GetsItAgain()
    {
        await StartAsync("good");
        _server.HoldsBack = true;
        await AssignAsync(Jobs.Spec());
        await FakeServer.UntilAsync(() => _server.Pending.TryGetValue(_run, out var pending) && pending.Count > 3 ? pending : null, "events that wait");

        await _server.CutAsync();
        _server.HoldsBack = false;
        await _server.StartAsync();

        Assert.Equal(RunStatus.Completed, (await _server.EndAsync(_run)).Status);
        Assert.IsType<RunStarted>(_server.Events(_run)[0]);
        await UntilJournalIsGoneAsync();
    }

    [Fact]
    public async Task Assign_RunThatMeetsAnUnexpectedError_EndsFailedAndTheNextOneRuns()
    {
        var second = Guid.NewGuid();
        var asked = 0;
        _agent = Create(_ => asked++ == 0 ? throw new InvalidOperationException("a surprise") : new FakeHosts("good")).RunAsync(_stop.Token);
        await FakeServer.UntilAsync(() => _server.Hellos.FirstOrDefault(), "the agent");

        await AssignAsync(Jobs.Spec());
        await _server.AssignAsync(new RunAssignment(second, SpecWriter.ToJson(Jobs.Spec()), 1));

        Assert.Equal("The runner met an unexpected error: InvalidOperationException: a surprise", (await _server.EndAsync(_run)).Reason);
        Assert.Equal(RunStatus.Completed, (await _server.EndAsync(second)).Status);
        await UntilJournalIsGoneAsync();
    }

    [Fact]
    public async Task Assign_ServerRefusesForAWhile_DeliversLater()
    {
        _server.Refusals = 2;
        await StartAsync("good");

        await AssignAsync(Jobs.Spec());

        Assert.Equal(RunStatus.Completed, (await _server.EndAsync(_run)).Status);
    }

    [Fact]
    public async Task Assign_TwiceTheSame_RunsOnce()
    {
        await StartAsync("good");

        await AssignAsync(Jobs.Spec());
        await AssignAsync(Jobs.Spec());

        await _server.EndAsync(_run);
        await UntilJournalIsGoneAsync();
        Assert.Single(_server.Events(_run).OfType<RunStarted>());
    }

    [Fact]
    public async Task Cancel_RunningRun_EndsCancelled()
    {
        await StartAsync("slow");
        await AssignAsync(Jobs.Spec(tasks: 100_000));
        await FakeServer.UntilAsync(() => _server.Events(_run).OfType<FrameRecorded>().FirstOrDefault(), "a frame");

        await _server.CancelAsync(_run);

        Assert.Equal(new RunEnded(default, RunStatus.Cancelled, "Cancelled after 0 of 1 trials."), await _server.EndAsync(_run) with { At = default });
    }

    [Fact]
    public async Task Assign_SpecThatThisVersionCannotRead_FailsWithTheReason()
    {
        await StartAsync("good");

        await _server.AssignAsync(new RunAssignment(_run, "{\"version\": 9}", 1));

        Assert.Contains("cannot execute the spec", (await _server.EndAsync(_run)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_JournalOfAnEarlierProcess_IsDeliveredWithAnEnd()
    {
        using (var writer = JournalWriter.Open(new JournalStore(_data.FullName).PathOf(_run)))
        {
            writer.Append(JournalStore.Serialize(new TrialStarted(DateTimeOffset.UnixEpoch, 0)));
        }

        await StartAsync("good");

        Assert.Equal("The runner was stopped during the run.", (await _server.EndAsync(_run)).Reason);
        Assert.Equal([_run], _server.Hellos[0].ActiveRuns);
        await UntilJournalIsGoneAsync();
    }

    [Fact]
    public async Task RunAsync_FullDisk_StillTellsTheEnd()
    {
        File.CreateSymbolicLink(new JournalStore(_data.FullName).PathOf(_run), "/dev/full");

        await StartAsync("good");

        Assert.Equal(RunStatus.Failed, (await _server.EndAsync(_run)).Status);
    }

    [Fact]
    public async Task RunAsync_StoppedDuringARun_NextStartDeliversTheEnd()
    {
        await StartAsync("slow");
        await AssignAsync(Jobs.Spec(tasks: 100_000));
        await FakeServer.UntilAsync(() => _server.Events(_run).OfType<FrameRecorded>().FirstOrDefault(), "a frame");
        await _server.CutAsync();

        await _stop.CancelAsync();
        await _agent;
        await _server.StartAsync();
        using var second = new CancellationTokenSource();
        var again = Create("good").RunAsync(second.Token);

        var end = await _server.EndAsync(_run);
        await second.CancelAsync();
        await again;
        Assert.Equal((RunStatus.Failed, "The runner was stopped during the run."), (end.Status, end.Reason));
    }

    [Fact]
    public async Task RunAsync_WrongToken_SaysSoAndGoesOnTrying()
    {
        _agent = Create("good", token: "wrong").RunAsync(_stop.Token);

        await FakeServer.UntilAsync(() => Problems().Contains("refuses this runner's token", StringComparison.Ordinal) ? "" : null, "a message");
        Assert.False(_agent.IsCompleted);
    }

    [Fact]
    public async Task CheckCode_WrongCode_AnswersWithItsProblems()
    {
        await StartAsync("good");

        var reply = await _server.CheckCodeAsync(new CodeCheckRequest("python", "", "def task(index)\n    return 1\n"));

        Assert.Equal(("", 1, 16), (reply.Failure, Assert.Single(reply.Problems).Line, reply.Problems[0].Column));
    }

    [Fact]
    public async Task TryTask_Spec_AnswersWithTheTasksResult()
    {
        await StartAsync("good");

        var reply = await _server.TryTaskAsync(new TryRequest(SpecWriter.ToJson(Jobs.Spec(tasks: 1) with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "x" } } })));

        Assert.NotEqual("", reply.Runtime); // the fake host does ten tasks, whatever it is asked
    }

    [Fact]
    public async Task CheckCodeAndTryTask_WhileARunIsMeasured_AreRefused()
    {
        await StartAsync("slow");
        await AssignAsync(Jobs.Spec(tasks: 100_000));
        await FakeServer.UntilAsync(() => _server.Events(_run).OfType<FrameRecorded>().FirstOrDefault(), "a frame");

        var check = await _server.CheckCodeAsync(new CodeCheckRequest("python", "", "x = 1"));
        var tried = await _server.TryTaskAsync(new TryRequest(SpecWriter.ToJson(Jobs.Spec())));

        Assert.Contains("measures a run", check.Failure, StringComparison.Ordinal);
        Assert.Contains("measures a run", tried.Error, StringComparison.Ordinal);
    }

    private async Task StartAsync(string mode)
    {
        _agent = Create(mode).RunAsync(_stop.Token);
        await FakeServer.UntilAsync(() => _server.Hellos.FirstOrDefault(), "the agent");
    }

    private RunnerAgent Create(string mode, string token = FakeServer.Token) => Create(_ => new FakeHosts(mode), token);

    private RunnerAgent Create(Func<IReadOnlyList<RuntimeInfo>, ITrialHosts> hosts, string token = FakeServer.Token) => new(
        AgentOptions.Create(_server.Address.ToString(), token, "the name", _data.FullName),
        "the-id",
        hosts,
        new AgentLog(TextWriter.Null, TextWriter.Synchronized(_problems)),
        TimeProvider.System);

    private Task AssignAsync(ExperimentSpec spec) => _server.AssignAsync(new RunAssignment(_run, SpecWriter.ToJson(spec), 1));

    private Task UntilJournalIsGoneAsync() => FakeServer.UntilAsync(() => new JournalStore(_data.FullName).List().Count == 0 ? "" : null, "the journal to be deleted");

    private string Problems()
    {
        lock (_problems)
        {
            return _problems.ToString();
        }
    }
}
