using Brigade.Analysis.Tests.Costs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class LockWaitsTests
{
    private const string Id = "lock-waits";

    [Fact]
    public void Find_ThreadsThatWantOneLock_TellsHowLongTheyWait() =>
        Assert.StartsWith("Workers wait for each other for 50 % of their time in .NET threads with 2 workers", Assert.Single(Run(Runs.DotNet).Findings(Id)).Text, StringComparison.Ordinal);

    [Fact]
    public void Find_TheGil_IsAnotherFinding() => Assert.Empty(Run(Runs.Python).Findings(Id));

    private static RunBuilder Run(string runtime) => new RunBuilder().Add(
        CostRuns.Cell(runtime, Strategy.Sequential, 1, taskMs: 10, cpuMs: 1_000),
        CostRuns.Cell(runtime, Strategy.Threads, 2, taskMs: 20, cpuMs: 1_000));
}
