using Brigade.Analysis.Comparing;
using Brigade.Web.Features.Compare;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class VerdictCountTests
{
    [Theory]
    [InlineData(0, 2, 7, 0, "Slower in 2 of 9 cells, faster in none, same in 7.")]
    [InlineData(1, 2, 5, 1, "Slower in 2 of 9 cells, faster in 1, same in 5, not enough data in 1.")]
    [InlineData(3, 0, 6, 0, "Faster in 3 of 9 cells, slower in none, same in 6.")]
    [InlineData(3, 6, 0, 0, "Slower in 6 of 9 cells, faster in 3.")]
    [InlineData(0, 0, 9, 0, "No difference that matters in all 9 cells.")]
    [InlineData(0, 0, 4, 5, "No difference that matters in 4 of 9 cells, not enough data in 5.")]
    [InlineData(0, 0, 0, 9, "Not enough data in all 9 cells to tell.")]
    [InlineData(0, 9, 0, 0, "Slower in all 9 cells.")]
    [InlineData(2, 0, 0, 0, "Faster in both cells.")]
    [InlineData(0, 1, 0, 0, "Slower in the one cell.")]
    [InlineData(0, 0, 0, 0, "No cell in common, so there is nothing to compare.")]
    public void Text_Counts_AreWords(int faster, int slower, int same, int notEnough, string text) =>
        Assert.Equal(text, new VerdictCount(1, Metrics.Throughput, faster + slower + same + notEnough, faster, slower, same, notEnough).Text);

    [Fact]
    public void All_TwoRunsTwoMetrics_CountsEachByItself()
    {
        var counts = VerdictCount.All(Compared.Comparison([Verdict.Slower, Verdict.Faster], [Verdict.Same, Verdict.Faster]));

        Assert.Equal([(1, "throughput"), (1, "p99"), (2, "throughput"), (2, "p99")], counts.Select(count => (count.Run, count.Metric)));
        Assert.Equal((2, 0, 1, 1, 0), (counts[0].Cells, counts[0].Faster, counts[0].Slower, counts[0].Same, counts[0].NotEnoughData));
        Assert.Equal((2, 2, 0), (counts[2].Cells, counts[2].Faster, counts[2].Slower));
        Assert.Equal(2, counts[1].Same);
    }

    [Theory]
    [InlineData(Verdict.Slower, new[] { Verdict.Faster, Verdict.Slower, Verdict.Same })]
    [InlineData(Verdict.Faster, new[] { Verdict.Faster, Verdict.Same, Verdict.NotEnoughData })]
    [InlineData(Verdict.Same, new[] { Verdict.Same, Verdict.NotEnoughData })]
    public void Overall_SeveralCells_IsTheWorstThatWasFound(Verdict overall, Verdict[] cells) =>
        Assert.Equal(overall, VerdictCount.Of(Compared.Comparison([.. cells.Select(verdict => new[] { verdict })]), 1, Metrics.Throughput).Verdict);

    [Fact]
    public void Overall_NothingEnough_IsNotEnoughData() => Assert.Equal(Verdict.NotEnoughData, VerdictCount.Of(Compared.Comparison([Verdict.NotEnoughData]), 1, Metrics.Throughput).Verdict);
}
