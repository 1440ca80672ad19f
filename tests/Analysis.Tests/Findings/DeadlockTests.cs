using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class DeadlockTests
{
    [Fact]
    public void Find_TrialThatFailedInADeadlock_SaysHowToMendIt()
    {
        var finding = Assert.Single(new RunBuilder().Add(
            new Measured("python3.11", Strategy.Threads, 2, 0) { Status = TrialStatus.Failed, Failure = "deadlock: worker 0 holds lock A and waits for lock B, worker 1 the other way round; 2 workers are blocked, and their stacks are with the error." }).Findings("deadlock"));

        Assert.Equal("error", finding.Severity);
        Assert.StartsWith("The workers of Python threads with 2 workers locked each other out: worker 0 holds lock A and waits for lock B, worker 1 the other way round; 2 workers are blocked. Each holds what another one waits for", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AnotherFailure_Nothing() =>
        Assert.Empty(new RunBuilder().Add(new Measured("python3.11", Strategy.Threads, 2, 0) { Status = TrialStatus.Failed, Failure = "the host ended" }).Findings("deadlock"));
}
