using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class WorkersLostTests
{
    private static readonly FaultSpec Crash = new(FaultKind.Crash, 1, 50);

    [Fact]
    public void Find_WantedCrash_StaysInsideAProcessAndTakesThreadsAlong()
    {
        var finding = Assert.Single(new RunBuilder { Faults = [Crash] }.Add(
            new("python3.11", Strategy.Threads, 2, 0) { Status = TrialStatus.Failed, Failure = "the Python process ended by signal 9" },
            new("python3.11", Strategy.Processes, 2, 100) { Tasks = 197, Lost = 3, Also = Lost }).Findings("workers-lost"));

        Assert.Equal("info", finding.Severity);
        Assert.Equal(
            "A process's crash stays inside: Python processes with 2 workers lost 1 worker and 3 tasks with it, took 45 ms to recover, and ended 197 other tasks. "
            + "In Python threads with 2 workers the same crash took the whole process, and all that was in it.",
            finding.Text);
    }

    [Fact]
    public void Find_UnwantedCrash_IsAWarning()
    {
        var finding = Assert.Single(new RunBuilder().Add(new Measured("python3.11", Strategy.Processes, 2, 100) { Tasks = 197, Lost = 3, Also = Lost }).Findings("workers-lost"));

        Assert.Equal("warning", finding.Severity);
        Assert.EndsWith("Nobody asked for it: look at what ended the process.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoneLost_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("workers-lost"));

    private static TrialResult Lost(TrialResult result) => result with { Replaced = 1, RecoveryMs = 45 };
}
