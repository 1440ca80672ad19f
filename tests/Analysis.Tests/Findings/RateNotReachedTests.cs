using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class RateNotReachedTests
{
    [Fact]
    public void Find_BusyWorkersBelowTheRate_SaysThatItIsTooMuch()
    {
        var finding = Assert.Single(OpenLoads.Run(
            OpenLoads.Cell(Strategy.Threads, 2, achieved: 50, taskMs: 39, responseP99Ms: 5_000),
            OpenLoads.Cell(Strategy.Threads, 8, achieved: 100, taskMs: 39, responseP99Ms: 60)).Findings("rate-not-reached"));

        Assert.StartsWith("More arrives than the workers can do: offered 100/s, achieved 50/s by Python threads with 2 workers, which were in tasks of 39 ms for 97 % of the time.", finding.Text, StringComparison.Ordinal);
        Assert.EndsWith("Python threads with 8 workers kept up.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_RateReached_Nothing() => Assert.Empty(OpenLoads.Run(OpenLoads.Cell(Strategy.Threads, 2, achieved: 100, taskMs: 2, responseP99Ms: 5)).Findings("rate-not-reached"));

    [Fact]
    public void Build_OpenLoad_HasNoSpeedups()
    {
        var result = OpenLoads.Run(
            OpenLoads.Cell(Strategy.Sequential, 1, achieved: 50, taskMs: 20, responseP99Ms: 5_000), OpenLoads.Cell(Strategy.Threads, 2, achieved: 100, taskMs: 15, responseP99Ms: 30)).Build();

        Assert.All(result.Cells, cell => Assert.Null(cell.Speedup));
    }
}
