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
}
