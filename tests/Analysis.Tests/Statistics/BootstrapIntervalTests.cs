using Brigade.Analysis.Statistics;
using CsCheck;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

/// <summary>
/// Expected values: SciPy 1.10.1, <c>stats.bootstrap((x,), np.median, method='BCa', n_resamples=100000)</c>, the same for two seeds.
/// A median's replicates are mostly values of the sample, so the ends are too, and 2,000 resamples find the same ones.
/// Control and treatment are the mouse data of Efron and Tibshirani (1993), "An introduction to the bootstrap", table 2.1.
/// </summary>
public sealed class BootstrapIntervalTests
{
    [Theory]
    [InlineData(new double[] { 52, 104, 146, 10, 51, 30, 40, 27, 46 }, 27, 104)]
    [InlineData(new double[] { 94, 197, 16, 38, 99, 141, 23 }, 23, 141)]
    [InlineData(new double[] { 10, 11, 12, 13, 20 }, 10, 20)]
    [InlineData(new double[] { 95, 100, 112 }, 95, 112)]
    [InlineData(new double[] { 77, 87, 88, 114, 151, 210, 219, 246, 253, 262, 296, 299, 306, 376, 428, 515, 666, 1310, 2611 }, 210, 376)]
    public void OfMedian_PublishedSamples_AsSciPy(double[] values, double low, double high) =>
        Assert.Equal(new BootstrapInterval(low, high), BootstrapInterval.OfMedian(values, seed: 7));

    [Fact]
    public void OfMedian_NoneOneOrEqualValues_BothEndsEqual()
    {
        Assert.Equal(new BootstrapInterval(0, 0), BootstrapInterval.OfMedian([], 1));
        Assert.Equal(new BootstrapInterval(5, 5), BootstrapInterval.OfMedian([5], 1));
        Assert.Equal(new BootstrapInterval(5, 5), BootstrapInterval.OfMedian([5, 5, 5], 1));
    }

    [Fact]
    public void OfMedian_AnyValues_HoldsTheMedianLiesWithinThemAndIgnoresTheirOrder() =>
        Gen.Select(Gen.Double[1, 1_000].Array[1, 12], Gen.Int).Sample((values, seed) =>
        {
            var interval = BootstrapInterval.OfMedian(values, seed, resamples: 200);
            var median = Median.Of(values);
            return interval.Low <= median && median <= interval.High
                && interval.Low >= values.Min() && interval.High <= values.Max()
                && interval == BootstrapInterval.OfMedian(values.Reverse(), seed, resamples: 200);
        });

    [Fact]
    public void OfMedian_HigherConfidence_NotNarrower() =>
        Gen.Double[1, 1_000].Array[2, 12].Sample(values =>
        {
            var (narrow, wide) = (BootstrapInterval.OfMedian(values, 3, confidence: 0.5), BootstrapInterval.OfMedian(values, 3, confidence: 0.99));
            return wide.Low <= narrow.Low && wide.High >= narrow.High;
        }, iter: 50);
}
