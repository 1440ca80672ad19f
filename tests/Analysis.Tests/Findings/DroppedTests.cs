using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class DroppedTests
{
    [Fact]
    public void Find_ArrivalsThatWereDropped_SaysHowManyAndWhatThatHides()
    {
        var finding = Assert.Single(OpenLoads.Run(
            OpenLoads.Cell(Strategy.Threads, 2, achieved: 75, taskMs: 26, responseP99Ms: 400, dropped: 250),
            OpenLoads.Cell(Strategy.Threads, 4, achieved: 99, taskMs: 26, responseP99Ms: 300, dropped: 10)).Findings("dropped"));

        Assert.StartsWith("25 % of the arrivals were turned away by Python threads with 2 workers: 1,000 tasks were in flight already (load.maxInFlight). 1 other cell dropped some too.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NothingDropped_Nothing() => Assert.Empty(OpenLoads.Run(OpenLoads.Cell(Strategy.Threads, 2, achieved: 100, taskMs: 2, responseP99Ms: 5)).Findings("dropped"));

    [Fact]
    public void Find_OneRepetitionOfThreeDropped_IsTold()
    {
        var cell = OpenLoads.Cell(Strategy.Threads, 2, achieved: 100, taskMs: 2, responseP99Ms: 5);
        var once = cell with { Throughputs = [100, 100, 100], Also = result => cell.Also(result) with { Dropped = result.Repetition == 2 ? 300 : 0 } };

        Assert.StartsWith("10 % of the arrivals were turned away", Assert.Single(OpenLoads.Run(once).Findings("dropped")).Text, StringComparison.Ordinal);
    }
}
