using Brigade.Analysis.Statistics;
using CsCheck;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

/// <summary>Expected values: SciPy 1.10.1, <c>stats.mstats.hdquantiles(x, prob=[...])</c>.</summary>
public sealed class HarrellDavisTests
{
    [Theory]
    [InlineData(0.25, 2.998686946607101)]
    [InlineData(0.5, 5.5)]
    [InlineData(0.9, 9.435115176660437)]
    public void Quantile_OneToTen_AsSciPy(double probability, double expected) =>
        Assert.Equal(expected, HarrellDavis.Quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], probability), 9);

    [Theory]
    [InlineData(0.1, 93.30482367204975)]
    [InlineData(0.25, 163.09893281686686)]
    [InlineData(0.5, 271.72120054908913)]
    [InlineData(0.75, 477.01804254651086)]
    [InlineData(0.9, 1367.915356286319)]
    public void Quantile_LongTail_AsSciPy(double probability, double expected) =>
        Assert.Equal(expected, HarrellDavis.Quantile(SpreadTests.LongTail, probability), 6);

    [Fact]
    public void Quantile_Ends_SmallestAndLargest()
    {
        Assert.Equal(1, HarrellDavis.Quantile([3, 1, 2], 0));
        Assert.Equal(3, HarrellDavis.Quantile([3, 1, 2], 1));
    }

    [Fact]
    public void Quantile_NoValuesOrNoProbability_Throws()
    {
        Assert.Throws<ArgumentException>(() => HarrellDavis.Quantile([], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => HarrellDavis.Quantile([1], 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => HarrellDavis.Quantile([1], double.NaN));
    }

    [Fact]
    public void Quantile_AnyValues_WithinThemAndRisingWithTheProbability() =>
        Gen.Select(Gen.Double[1, 1_000].Array[1, 30], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((values, p, q) =>
        {
            var (low, high) = (HarrellDavis.Quantile(values, Math.Min(p, q)), HarrellDavis.Quantile(values, Math.Max(p, q)));
            return low <= high + 1e-6 && low >= values.Min() - 1e-6 && high <= values.Max() + 1e-6;
        });
}
