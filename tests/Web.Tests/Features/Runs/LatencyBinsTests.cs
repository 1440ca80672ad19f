using Brigade.Web.Features.Runs;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class LatencyBinsTests
{
    [Fact]
    public void Of_TwoCells_ShareBinsThatHoldEveryTask()
    {
        var bins = LatencyBins.Of([("a", "threads", [LatencySamples.Encode(1_000_000, 90), LatencySamples.Encode(1_000_000, 5)]), ("b", "async", [LatencySamples.Encode(40_000_000, 7)])]);
        Assert.Equal([("a", 95L), ("b", 7L)], bins.Cells.Select(cell => (cell.Name, cell.Counts.Sum())));
        Assert.All(bins.Cells, cell => Assert.Equal(bins.Edges.Count - 1, cell.Counts.Count));
        Assert.Equal((95, 7), (bins.Cells[0].Counts[0], bins.Cells[1].Counts[^1]));
        Assert.InRange(1, bins.Edges[0], bins.Edges[1]);
        Assert.InRange(40, bins.Edges[^2], bins.Edges[^1]);
    }

    [Fact]
    public void Of_FiveDecades_HasBinsOfAConstantFactorAndNotTooMany()
    {
        var edges = LatencyBins.Of([("a", "threads", [LatencySamples.Encode(1_000, 1), LatencySamples.Encode(100_000_000, 1)])]).Edges;
        Assert.InRange(edges.Count, 20, 61);
        Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.Equal(Math.Pow(10, 0.1), pair.Second / pair.First, 0.01));
    }

    [Fact]
    public void Of_NothingReadable_IsEmpty() => Assert.Empty(LatencyBins.Of([("a", "threads", [[1, 2, 3], []])]).Cells);
}
