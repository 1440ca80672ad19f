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
