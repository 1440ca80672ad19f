using System.Globalization;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

public sealed class TrialExecutorTests
{
    private readonly List<RunEvent> _events = [];

    [Fact]
    public async Task ExecuteAsync_GoodHost_CompletesWithItsFigures()
    {
        var result = await ExecuteAsync("good");

        Assert.Equal("", result.Failure);
        Assert.Equal(TrialStatus.Completed, result.Status);
        Assert.Equal((10, 1, 0), (result.Tasks, result.Errors, result.Lost));
        Assert.Equal("python3.99", result.Runtime);
        Assert.Equal("00000000000000ff", result.Checksum);
        Assert.Equal((2.0, 3.0), (result.SerializationMs, result.ChannelMs));
        Assert.Equal(["a warning"], result.Warnings);
        Assert.Equal("ValueError: no", Assert.Single(result.TaskErrors).Message);
        Assert.InRange(result.StartupMs, 1, 60_000);
        Assert.InRange(result.PeakMemoryBytes, 1 << 20, 1L << 30);
        Assert.Equal(0.001, result.Latency.P50Ms!.Value, tolerance: 0.0001);
    }

    [Fact]
    public async Task ExecuteAsync_GoodHost_TellsMeasuringThenFramesThatAddUp()
    {
        var result = await ExecuteAsync("good");

        Assert.IsType<TrialMeasuring>(_events[0]);
        var frames = _events.OfType<FrameRecorded>().Select(recorded => recorded.Frame).ToList();
        Assert.Equal(_events.Count - 1, frames.Count);
        Assert.Equal(result.Tasks, frames.Sum(frame => frame.Tasks));
        Assert.Equal(result.Errors, frames.Sum(frame => frame.Errors));
    }

    [Theory]
    [InlineData("garbage", "broke the trial protocol before it said anything: A record's length is")]
    [InlineData("garbage-json", "broke the trial protocol before it said anything: The payload of a `hello` record does not parse")]
    [InlineData("exit", "the Python process ended with exit code 3 before it said anything; the last it wrote to standard error: boom: something broke")]
    [InlineData("exit-measuring", "the Python process ended with exit code 0 after 4 of 10 tasks")]
    [InlineData("killed", "the Python process ended by signal 9 (SIGKILL: killed, perhaps for want of memory) after 4 of 10 tasks")]
    [InlineData("endless", "More task records came than the 10 tasks of the load.")]
    [InlineData("done-twice", "A `done` record came after the last record.")]
    [InlineData("hello-twice", "A `hello` record came after `hello`")]
    [InlineData("prints-to-output", "broke the trial protocol after 4 of 10 tasks: A record's length is")]
    [InlineData("truncated", "The output ends within a record")]
    [InlineData("miscounts", "The host says that 10 tasks ended, but records of 9 came.")]
    [InlineData("gives-up", "The host says that it is done after 8 of 10 tasks, 0 of them lost.")]
    [InlineData("wrong-worker", "A task record is of worker 7; the trial has workers 0 to 0.")]
    [InlineData("future", "A task record has times that cannot be")]
    [InlineData("other-protocol", "The host speaks version 2 of the trial protocol; this runner speaks 1.")]
    [InlineData("failed", "line 3: invalid syntax")]
    [InlineData("leaves-a-child", "the Python process ended with exit code 7 after 4 of 10 tasks")]
    [InlineData("ready-too-early", "The time of the `ready` record cannot be: it lies before")]
    [InlineData("measuring-too-early", "The time of the `measuring` record cannot be: it lies before")]
    [InlineData("done-too-early", "The time of the `done` record cannot be: it lies before")]
    [InlineData("null-worker", "The host announces a worker that is null.")]
    [InlineData("null-warning", "a warning that is null")]
    [InlineData("announced-twice", "The host announces worker 0 twice.")]
    [InlineData("replaced-unknown-worker", "A `worker` record is of worker 7; the trial has workers 0 to 0.")]
    [InlineData("replaced-by-nobody", "The `worker` record of worker 0 has numbers that cannot be: process 0,")]
    [InlineData("replaced-losing-less-than-nothing", "has numbers that cannot be")]
    [InlineData("replaced-before-it-ended", "has numbers that cannot be")]
    [InlineData("replaced-in-the-future", "The time of the `worker` record cannot be: it lies in the future")]
    [InlineData("replaced-before-it-was-ready", "The time of the `worker` record cannot be: it lies before")]
    [InlineData("replaced-losing-too-much", "4 tasks came and 7 were lost, more than the 10 tasks of the load.")]
    [InlineData("replaced-too-early", "A `worker` record came after `hello`, where it does not belong.")]
    [InlineData("loses-while-warming-up", "1 tasks lost before measuring")]
    [InlineData("replaced-for-ever", "More than 100 workers were lost.")]
    [InlineData("loses-in-silence", "The host says that 2 tasks were lost, but its `worker` records told of 0.")]
    [InlineData("forgets-the-lost", "The host says that 0 tasks were lost, but its `worker` records told of 2.")]
    [InlineData("lost-twice", "The host says that it is done after 8 of 10 tasks, 1 of them lost.")]
    [InlineData("answers-twice", "More task records came than the 10 tasks of the load, 2 of them lost.")]
    [InlineData("odd-figures", "one whose name is not in camelCase: Lost Updates")]
    [InlineData("closes-output", "the Python process closed its output without ending after 0 of 10 tasks")]
    public async Task ExecuteAsync_HostThatMisbehaves_FailsAndSaysWhy(string mode, string reason)
    {
        var result = await ExecuteAsync(mode);

        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Contains(reason, result.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.Failure);
    }

    [Fact]
    public async Task ExecuteAsync_HostThatDies_KeepsWhatWasMeasured()
    {
        var result = await ExecuteAsync("killed");

        Assert.Equal(4, result.Tasks);
        Assert.NotEmpty(result.Histogram);
        Assert.Equal(4, _events.OfType<FrameRecorded>().Sum(recorded => recorded.Frame.Tasks));
    }

    [Fact]
    public async Task ExecuteAsync_HostThatFails_KeepsTheDetail() =>
        Assert.Equal("File \"work.py\", line 3", Assert.Single((await ExecuteAsync("failed")).TaskErrors).Traceback);

    [Fact]
    public async Task ExecuteAsync_TasksThatAreLost_CompletesAndCountsThem()
    {
        var result = await ExecuteAsync("loses");

        Assert.Equal((TrialStatus.Completed, 8, 2), (result.Status, result.Tasks, result.Lost));
        Assert.Equal((1, 2.0), (result.Replaced, result.RecoveryMs));
        Assert.Equal(["worker 0 was ended by signal 9 (SIGKILL): 2 tasks lost, replaced after 2 ms"], result.Warnings);
        Assert.Equal(new KeyValuePair<string, double>("lostUpdates", 3.5), Assert.Single(result.Figures));
    }

    [Fact]
    public async Task ExecuteAsync_ManyWorkersAreLost_TellsOfTheFirst()
    {
        var result = await ExecuteAsync("loses-many");

        Assert.Equal((TrialStatus.Completed, 8, 16.0), (result.Status, result.Replaced, result.RecoveryMs));
        Assert.Equal(5, result.Warnings.Count(warning => warning.Contains("0 tasks lost, replaced", StringComparison.Ordinal)));
        Assert.Contains("3 more workers were lost and replaced", result.Warnings);
    }

    [Fact]
    public async Task ExecuteAsync_NoWorkerIsLost_HasNoTimeToRecover()
    {
        var result = await ExecuteAsync("good");

        Assert.Equal((0, null, 0), (result.Replaced, result.RecoveryMs, result.Figures.Count));
    }

    [Fact]
    public async Task ExecuteAsync_WorkerIsReplaced_FramesFollowTheNewOne()
    {
        var result = await ExecuteAsync("replaced-by-a-child");

        Assert.Equal("", result.Failure);
        var workers = _events.OfType<FrameRecorded>().Select(recorded => recorded.Frame.Workers[0]).ToList();
        var gone = workers.FindIndex(worker => worker.State == WorkerState.Gone);
        Assert.InRange(gone, 0, workers.Count - 2);
        Assert.Contains(workers.Skip(gone), worker => worker is { State: WorkerState.Running, Cpu: > 0 });
    }

    [Fact]
    public async Task ExecuteAsync_FaultOfAWorkerThatTheTrialDoesNotHave_SaysThatItDidNotHappen()
    {
        var result = await ExecuteAsync("good", Jobs.Spec() with { Faults = [new FaultSpec(FaultKind.Crash, 1, 5)] });

        Assert.Contains("the fault crash at task 5 of worker 1 did not happen: this trial has 1 worker, numbered from 0", result.Warnings);
    }

    [Theory]
    [InlineData("silent", 1, "not done within the 1 s of limits.trialTimeout: stopped before it said anything")]
    [InlineData("slow", 8, "not done within the 8 s of limits.trialTimeout: stopped after")]
    public async Task ExecuteAsync_HostThatDoesNotEnd_TimesOut(string mode, int seconds, string reason)
    {
        var result = await ExecuteAsync(mode, Jobs.Spec(tasks: 1000, timeout: TimeSpan.FromSeconds(seconds)));

        Assert.Equal(TrialStatus.TimedOut, result.Status);
        Assert.Contains(reason, result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_MoreMemoryThanAllowed_FailsAndSaysHowMuch()
    {
        var result = await ExecuteAsync("memory", Jobs.Spec(memory: 100 << 20));

        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Matches("used [0-9.]+ MiB of memory, more than the 100 MiB of limits.memory", result.Failure);
    }

    [Fact]
    public async Task ExecuteAsync_Cancelled_StopsAndKeepsWhatWasMeasured()
    {
        using var cancel = new CancellationTokenSource();
        var result = await ExecuteAsync("slow", Jobs.Spec(tasks: 100_000), cancel, runEvent =>
        {
            if (runEvent is FrameRecorded { Frame.Tasks: > 0 })
            {
                cancel.Cancel();
            }
        });

        Assert.Equal(TrialStatus.Cancelled, result.Status);
        Assert.StartsWith("cancelled after ", result.Failure, StringComparison.Ordinal);
        Assert.InRange(result.Tasks, 1, 99_999);
    }

    [Fact]
    public async Task ExecuteAsync_HostThatDoesNotEndAfterDone_CompletesWithAWarning()
    {
        var result = await ExecuteAsync("stubborn");

        Assert.Equal(TrialStatus.Completed, result.Status);
        Assert.Contains(result.Warnings, warning => warning.Contains("had to be killed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExecuteAsync_HostThatDoesNotReadALargeRequest_StillCompletes()
    {
        var result = await ExecuteAsync("deaf", Jobs.Spec(source: "# " + new string('x', 200_000)));

        Assert.Equal(TrialStatus.Completed, result.Status);
    }

    [Fact]
    public async Task ExecuteAsync_Host_SeesACleanEnvironmentAndItsScratchDirectory()
    {
        Environment.SetEnvironmentVariable("BRIGADE_TEST_SECRET", "secret");

        var result = await ExecuteAsync("environment");

        var names = result.Failure.Split(',');
        Assert.Empty(new[] { "PATH", "FROM_THE_HOST", "BRIGADE_TRIAL" }.Except(names, StringComparer.Ordinal));
        Assert.Empty(names.Except(["PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "FROM_THE_HOST", "BRIGADE_TRIAL"], StringComparer.Ordinal));
        var scratch = Assert.Single(result.TaskErrors).Traceback;
        Assert.Contains("brigade-trial-", scratch, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch));
    }

    [Fact]
    public async Task ExecuteAsync_MissingRuntime_SaysWhatIsThereAndHowToMendIt()
    {
        var result = await ExecuteAsync("good", Jobs.Spec() with { Matrix = new MatrixSpec { Runtime = ["missing"], Strategy = [Strategy.Sequential], Workers = [1] } });

        Assert.Equal((TrialStatus.Failed, "missing"), (result.Status, result.Runtime));
        Assert.Contains("was not found on this machine; found: python3.99", result.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("daemon", TrialStatus.Completed)]
    [InlineData("daemon-hangs", TrialStatus.TimedOut)]
    public async Task ExecuteAsync_HostThatStartsADaemon_LeavesNoProcess(string mode, TrialStatus status)
    {
        var result = await ExecuteAsync(mode, Jobs.Spec(timeout: TimeSpan.FromSeconds(mode == "daemon" ? 60 : 6)));

        Assert.Equal(status, result.Status);
        var daemon = int.Parse(Assert.Single(result.TaskErrors).Message, CultureInfo.InvariantCulture);
        Assert.False(ProcessTree.IsAlive(daemon));
    }

    private async Task<TrialResult> ExecuteAsync(string mode, ExperimentSpec? spec = null, CancellationTokenSource? cancel = null, Action<RunEvent>? onEvent = null)
    {
        var executor = new TrialExecutor(new FakeHosts(mode), TimeProvider.System);
        return await executor.ExecuteAsync(
            Jobs.Job(spec ?? Jobs.Spec()),
            runEvent =>
            {
                _events.Add(runEvent);
                onEvent?.Invoke(runEvent);
                return ValueTask.CompletedTask;
            },
            cancel?.Token ?? CancellationToken.None);
    }
}
