using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class DispatcherLimitTests
{
    [Fact]
    public void Find_WorkersThatAreIdleBelowTheRate_BlamesTheHandingOut()
    {
        var finding = Assert.Single(OpenLoads.Run(OpenLoads.Cell(Strategy.Pool, 2, achieved: 62, taskMs: 2, responseP99Ms: 900)).Findings("dispatcher-limit"));

        Assert.Equal("warning", finding.Severity);
        Assert.StartsWith("The rate cannot be reached: offered 100/s, achieved 62/s by Python task pool with 2 workers, whose workers were in tasks for only 6.2 % of the time.", finding.Text, StringComparison.Ordinal);
        Assert.Contains("do not read it as the workload's figure", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_RateReachedOrWorkersBusy_Nothing() => Assert.Empty(OpenLoads.Run(
        OpenLoads.Cell(Strategy.Threads, 2, achieved: 100, taskMs: 2, responseP99Ms: 5),
        OpenLoads.Cell(Strategy.Threads, 1, achieved: 50, taskMs: 20, responseP99Ms: 5_000)).Findings("dispatcher-limit"));

    [Fact]
    public void Find_LongTasksThatEndAfterTheSchedule_Nothing() =>
        Assert.Empty(OpenLoads.Run(OpenLoads.Cell(Strategy.Threads, 256, achieved: 100, taskMs: 1_000, responseP99Ms: 1_010)).Findings("dispatcher-limit"));
}
