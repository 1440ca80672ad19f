using Brigade.Analysis.Comparing;
using Brigade.Contracts.Spec;
using Xunit;
using static Brigade.Analysis.Tests.Comparing.Compared;

namespace Brigade.Analysis.Tests.Comparing;

public sealed class EarlierRunsTests
{
    [Fact]
    public void Medians_OfResults_AreByCellAndInOrder()
    {
        Measured Cell(double level) => new(Runs.Python, Strategy.Threads, 2, level - 1, level, level + 1);
        var results = new[] { Result(Cell(100)), Result(Cell(120)), Result(Cell(110)) };

        var medians = EarlierRuns.Medians(results);

        Assert.Equal([100, 120, 110], medians(results[0].Cells[0].Cell, Metrics.Throughput));
        Assert.Equal([20, 20, 20], medians(results[0].Cells[0].Cell, Metrics.P99));
        Assert.Empty(medians(results[0].Cells[0].Cell with { Workers = 3 }, Metrics.Throughput));
    }

    [Fact]
    public void Medians_TwoRuntimesOfAKindInOneResult_StayApart()
    {
        Measured Cell(string runtime, double level) => new(runtime, Strategy.Threads, 2, level - 1, level, level + 1);
        var results = new[] { Result(Cell(Runs.Python, 100), Cell("python3.13t", 50)), Result(Cell(Runs.Python, 120), Cell("python3.13t", 60)) };

        var medians = EarlierRuns.Medians(results);

        Assert.Equal([100, 120], medians(results[0].Cells[0].Cell, Metrics.Throughput));
        Assert.Equal([50, 60], medians(results[0].Cells[1].Cell, Metrics.Throughput));
        Assert.Empty(medians(results[0].Cells[0].Cell with { Runtime = "python3.12" }, Metrics.Throughput));
    }

    [Fact]
    public void Medians_OtherVersionOfTheOneRuntimeOfItsKind_AreThoseOfIt()
    {
        var result = Result(new Measured(Runs.Python, Strategy.Threads, 2, 99, 100, 101), new Measured(Runs.DotNet, Strategy.Threads, 2, 900, 900, 900));

        Assert.Equal([100], EarlierRuns.Medians([result])(result.Cells[0].Cell with { Runtime = "python3.12" }, Metrics.Throughput));
    }
}
