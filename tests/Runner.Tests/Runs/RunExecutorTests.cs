using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Runs;

public sealed class RunExecutorTests
{
    private static readonly Machine Machine = new("host", 2, 1 << 30, "os", "cpu", "", 0, []);

    [Fact]
    public async Task ExecuteAsync_GoodHosts_TellsEverythingInOrder()
    {
        var output = new RecordingOutput();

        var outcome = await ExecuteAsync(new FakeHosts("good"), Jobs.Spec(repeat: 2), output);

        Assert.Equal(new RunOutcome(RunStatus.Completed, ""), outcome);
        Assert.IsType<RunStarted>(output.Events[0]);
        Assert.Equal(
            [typeof(TrialStarted), typeof(TrialMeasuring), typeof(TrialEnded), typeof(TrialStarted), typeof(TrialMeasuring), typeof(TrialEnded)],
            output.Events[1..^1].Where(runEvent => runEvent is not FrameRecorded).Select(runEvent => runEvent.GetType()));
        Assert.Equal(RunStatus.Completed, Assert.IsType<RunEnded>(output.Events[^1]).Status);
        Assert.True(output.IsDisposed);
    }

    [Fact]
    public async Task ExecuteAsync_OneTrialFails_GoesOnAndCompletes()
    {
        var output = new RecordingOutput();

        var outcome = await ExecuteAsync(new FakeHosts("exit", "garbage", "good"), Jobs.Spec(repeat: 3), output);

        Assert.Equal(RunStatus.Completed, outcome.Status);
        Assert.Equal([TrialStatus.Failed, TrialStatus.Failed, TrialStatus.Completed], output.Events.OfType<TrialEnded>().Select(ended => ended.Result.Status));
    }

    [Fact]
    public async Task ExecuteAsync_NoTrialCompletes_FailsWithTheReason()
    {
        var outcome = await ExecuteAsync(new FakeHosts("exit"), Jobs.Spec(repeat: 2), new RecordingOutput());

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains("No trial completed: the Python process ended with exit code 3", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_MissingRuntimeBesideAnother_FailsThoseTrialsOnly()
    {
        var output = new RecordingOutput();
        var spec = Jobs.Spec() with { Matrix = new MatrixSpec { Runtime = ["missing", "python"], Strategy = [Strategy.Sequential], Workers = [1] }, Order = TrialOrder.Listed };

        var outcome = await ExecuteAsync(new FakeHosts("good"), spec, output);

        Assert.Equal(RunStatus.Completed, outcome.Status);
        Assert.Equal([TrialStatus.Failed, TrialStatus.Completed], output.Events.OfType<TrialEnded>().Select(ended => ended.Result.Status));
    }

    [Fact]
    public async Task ExecuteAsync_Cancelled_EndsCancelledAndFlushes()
    {
        using var cancel = new CancellationTokenSource();
        var output = new RecordingOutput { OnEvent = runEvent => Cancel(runEvent, cancel) };

        var outcome = await ExecuteAsync(new FakeHosts("good", "slow"), Jobs.Spec(tasks: 10_000, repeat: 5), output, cancel.Token);

        Assert.Equal(new RunOutcome(RunStatus.Cancelled, "Cancelled after 1 of 5 trials."), outcome);
        Assert.Equal(TrialStatus.Cancelled, output.Events.OfType<TrialEnded>().Last().Result.Status);
        Assert.IsType<RunEnded>(output.Events[^1]);
        Assert.True(output.IsDisposed);
    }

    [Fact]
    public async Task ExecuteAsync_OutputThatCannotKeepEvents_FailsAndTellsTheOthers()
    {
        var full = new RecordingOutput(refuseAfter: 3);
        var other = new RecordingOutput();

        var outcome = await ExecuteAsync(new FakeHosts("good"), Jobs.Spec(repeat: 3), [full, other]);

        Assert.Equal(new RunOutcome(RunStatus.Failed, "The disk is full."), outcome);
        Assert.Equal("The disk is full.", Assert.IsType<RunEnded>(other.Events[^1]).Reason);
        Assert.True(full.IsDisposed && other.IsDisposed);
    }

    [Fact]
    public async Task ExecuteAsync_StopRule_SkipsTheRepetitionsThatAreNotNeeded()
    {
        var output = new RecordingOutput();
        var spec = Jobs.Spec(repeat: 4) with { Stop = new StopSpec { RelativeError = 1, AtLeast = 2 } };

        var outcome = await ExecuteAsync(new FakeHosts("good"), spec, output);

        Assert.Equal(RunStatus.Completed, outcome.Status);
        var results = output.Events.OfType<TrialEnded>().Select(ended => ended.Result).ToList();
        Assert.Equal([TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Skipped, TrialStatus.Skipped], results.Select(result => result.Status));
        Assert.Equal([0, 1, 2, 3], results.Select(result => result.Index));
        Assert.StartsWith("2 of 4 repetitions were enough", Assert.Single(results[3].Warnings), StringComparison.Ordinal);
        Assert.Equal(("", "python3.99"), (results[3].Failure, results[3].Runtime));
        Assert.Equal(2, output.Events.OfType<TrialStarted>().Count());
    }

    [Fact]
    public async Task ExecuteAsync_NamesOfOneRuntime_AreOneCellAndANote()
    {
        var output = new RecordingOutput();
        var spec = Jobs.Spec() with { Matrix = new MatrixSpec { Runtime = ["python", "python3.99", "missing"], Strategy = [Strategy.Sequential], Workers = [1] } };

        await ExecuteAsync(new FakeHosts("good"), spec, output);

        var plan = Assert.IsType<RunStarted>(output.Events[0]).Plan;
        Assert.Equal(["python", "missing"], plan.Cells.Select(cell => cell.Runtime));
        Assert.Equal("The runtimes python and python3.99 are the same on this machine, python3.99, which is measured once.", plan.Notes[0]);
        Assert.Equal(2, output.Events.OfType<TrialEnded>().Count());
    }

    [Fact]
    public async Task ExecuteAsync_SearchThatLeavesOutWhatItNeverMeasured_NamesItsRuntime()
    {
        var output = new RecordingOutput();
        var spec = Jobs.Spec() with
        {
            Matrix = new MatrixSpec { Runtime = ["python"], Strategy = [Strategy.Sequential, Strategy.Threads], Workers = [2], ChunkSize = [], Channel = [] },
            Search = new SearchSpec { Budget = TimeSpan.FromSeconds(30) },
        };

        await ExecuteAsync(new FakeHosts("exit"), spec, output);

        var skipped = output.Events.OfType<TrialEnded>().Select(ended => ended.Result).Where(result => result.Status == TrialStatus.Skipped).ToList();
        Assert.Equal(2, skipped.Select(result => result.Cell).Distinct().Count());
        Assert.All(skipped, result => Assert.Equal("python3.99", result.Runtime));
    }

    [Fact]
    public async Task ExecuteAsync_AbortConditionBrokenWhileItRuns_StopsTheTrialAndTheRun()
    {
        var output = new RecordingOutput();
        var spec = Jobs.Spec(tasks: 1_000_000, repeat: 3) with { Abort = ["errors.count < 1000000", "throughput > 100000/s"] };

        var outcome = await ExecuteAsync(new FakeHosts("slow"), spec, output);

        var result = Assert.Single(output.Events.OfType<TrialEnded>()).Result;
        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Matches(@"^throughput is .*/s over the last [0-9.]+ s, and abort says 'throughput > 100000/s': stopped after \d+ of 1000000 tasks$", result.Failure);
        Assert.True(result.Tasks > 0);
        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.StartsWith("Aborted in trial 1 of 3: throughput is ", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_AbortConditionBrokenByAShortTrial_StopsTheRun()
    {
        var output = new RecordingOutput();

        var outcome = await ExecuteAsync(new FakeHosts("good"), Jobs.Spec(repeat: 3) with { Abort = ["errors.ratio < 5%"] }, output);

        Assert.StartsWith("Aborted in trial 1 of 3: errors.ratio is 10 % over the last ", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(TrialStatus.Failed, Assert.Single(output.Events.OfType<TrialEnded>()).Result.Status);
    }

    [Fact]
    public async Task ExecuteAsync_ProcessorsThatTheMachineDoesNotHave_AreRefused()
    {
        var outcome = await ExecuteAsync(new FakeHosts("good"), Jobs.Spec() with { Limits = new LimitsSpec { CpuSet = "0,4094-4095" } }, new RecordingOutput());

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.StartsWith("limits.cpuSet asks for processors 4094-4095, which this machine does not have or does not let the runner use; it may use ", outcome.Reason, StringComparison.Ordinal);
    }

    private static void Cancel(RunEvent runEvent, CancellationTokenSource cancel)
    {
        if (runEvent is TrialMeasuring { Trial: 1 })
        {
            cancel.Cancel();
        }
    }

    private static Task<RunOutcome> ExecuteAsync(FakeHosts hosts, ExperimentSpec spec, RecordingOutput output, CancellationToken cancellation = default) => ExecuteAsync(hosts, spec, [output], cancellation);

    private static Task<RunOutcome> ExecuteAsync(FakeHosts hosts, ExperimentSpec spec, IReadOnlyList<IRunOutput> outputs, CancellationToken cancellation = default) =>
        new RunExecutor(hosts, TimeProvider.System).ExecuteAsync(spec, seed: 1, Machine, outputs, cancellation);
}
