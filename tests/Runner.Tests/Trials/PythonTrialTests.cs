using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>Trials of the real Python host that go wrong.</summary>
public sealed class PythonTrialTests
{
    private static readonly FaultSpec Crash = new(FaultKind.Crash, 1, 20);

    private readonly List<Frame> _frames = [];

    [Fact]
    public async Task ExecuteAsync_CrashInThreads_FailsAndKeepsWhatWasMeasured()
    {
        var result = await ExecuteAsync(Sleeping(Strategy.Threads) with { Faults = [Crash] });

        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Contains("ended by signal 9", result.Failure, StringComparison.Ordinal);
        Assert.Contains("the experiment's fault crash at task 20 of worker 1", result.Failure, StringComparison.Ordinal);
        Assert.InRange(result.Tasks, 30, 59);
        Assert.NotEmpty(result.Histogram);
    }

    [Theory]
    [InlineData(Strategy.Processes)]
    [InlineData(Strategy.ProcessPerTask)]
    public async Task ExecuteAsync_CrashInAProcess_LosesItsTaskAndGoesOn(Strategy strategy)
    {
        var result = await ExecuteAsync(Sleeping(strategy) with { Faults = [Crash] });

        Assert.Equal(("", TrialStatus.Completed), (result.Failure, result.Status));
        Assert.Equal((59, 1, 1), (result.Tasks, result.Lost, result.Replaced));
        Assert.InRange(result.RecoveryMs!.Value, 0, 60_000);
        Assert.Contains(result.Warnings, warning => warning.StartsWith("worker 1 was ended by signal 9 (SIGKILL): 1 task lost, replaced after ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Strategy.Threads)]
    [InlineData(Strategy.Processes)]
    public async Task ExecuteAsync_Hang_TimesOutAndShowsTheWorkerWaiting(Strategy strategy)
    {
        var spec = Sleeping(strategy) with { Faults = [new FaultSpec(FaultKind.Hang, 1, 5)], Limits = new LimitsSpec { TrialTimeout = TimeSpan.FromSeconds(12) } };

        var result = await ExecuteAsync(spec);

        Assert.Equal(TrialStatus.TimedOut, result.Status);
        Assert.InRange(result.Tasks, 50, 59); // a process that hangs also keeps what waits for it
        var late = _frames[^5].Workers; // the last ones are closed when the trial is over
        Assert.Equal((WorkerState.Waiting, 1.0), (late[1].State, late[1].Busy));
    }

    [Theory]
    [InlineData(Strategy.Threads)]
    [InlineData(Strategy.Processes)]
    public async Task ExecuteAsync_CodeThatLeaksMemory_EndsAtTheLimitAndSaysSo(Strategy strategy)
    {
        const string Source = "import time\nleak = []\ndef task(index):\n    leak.append(bytearray(b'x') * (4 << 20))\n    time.sleep(0.01)\n";
        var spec = Code(strategy, Source, tasks: 100_000) with { Limits = new LimitsSpec { Memory = 300L << 20, TrialTimeout = TimeSpan.FromSeconds(60) } };

        var result = await ExecuteAsync(spec);

        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Matches(@"^used \d+(\.\d)? MiB of memory, more than the 300 MiB of limits\.memory, after \d+ of 100000 tasks$", result.Failure);
        Assert.InRange(result.Tasks, 1, 200);
    }

    [Fact]
    public async Task ExecuteAsync_Deadlock_FailsWithTheStacks()
    {
        const string Source = "import threading\nlock = threading.Lock()\ndef task(index):\n    lock.acquire()\n";

        var result = await ExecuteAsync(Code(Strategy.Threads, Source, tasks: 10));

        Assert.StartsWith("deadlock: ", result.Failure, StringComparison.Ordinal);
        Assert.Contains("line 4, in task", Assert.Single(result.TaskErrors).Traceback, StringComparison.Ordinal);
    }

    private static ExperimentSpec Sleeping(Strategy strategy) => Code(strategy, "import time\ndef task(index):\n    time.sleep(0.005)\n", tasks: 60);

    private static ExperimentSpec Code(Strategy strategy, string source, long tasks) =>
        Jobs.Spec(tasks, source: source) with { Matrix = new MatrixSpec { Runtime = ["python"], Strategy = [strategy], Workers = [2] }, Warmup = new WarmupSpec { Tasks = 0 } };

    private async Task<TrialResult> ExecuteAsync(ExperimentSpec spec)
    {
        var hosts = new TrialHostCatalogue(await RuntimeFinder.FindAsync(TestContext.Current.CancellationToken));
        return await new TrialExecutor(hosts, TimeProvider.System).ExecuteAsync(
            Jobs.Job(spec),
            runEvent =>
            {
                if (runEvent is FrameRecorded recorded)
                {
                    _frames.Add(recorded.Frame);
                }

                return ValueTask.CompletedTask;
            },
            TestContext.Current.CancellationToken);
    }
}
