using Brigade.Analysis.Statistics;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

/// <summary>Expected values are of <c>reference.R</c> (R 4.2, wilcox.test with conf.int).</summary>
public sealed class HodgesLehmannTests
{
    [Theory]
    [InlineData(new double[] { 52, 104, 146, 10, 51, 30, 40, 27, 46 }, new double[] { 94, 197, 16, 38, 99, 141, 23 }, 28, -28, 93)]
    [InlineData(new double[] { 1.15, 0.88, 0.90, 0.74, 1.21 }, new double[] { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46 }, 0.305, -0.15, 0.76)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 11.5, 12.25, 13, 14, 15 }, 10, 7.5, 13)]
    [InlineData(new double[] { 100, 101, 103 }, new double[] { 110, 112.5, 111 }, 10, 7, 12.5)]
    public void Of_SmallSamples_AsR(double[] first, double[] second, double shift, double low, double high)
    {
        var estimate = HodgesLehmann.Of(first, second);

        Assert.Equal([shift, low, high], [Math.Round(estimate.Shift, 9), Math.Round(estimate.Low, 9), Math.Round(estimate.High, 9)]);
    }

    [Fact]
    public void Of_LargeSamples_NearR()
    {
        var first = Enumerable.Range(1, 60).Select(i => Math.Pow(i, 1.01)).ToArray();

        var estimate = HodgesLehmann.Of(first, [.. first.Select(value => value + 9.5)]);

        Assert.Equal(9.5, estimate.Shift, 6);
        Assert.Equal(2.27915844723, estimate.Low, 0.1);
        Assert.Equal(16.7208415528, estimate.High, 0.1);
    }

    [Fact]
    public void Of_NoValues_Throws() => Assert.Throws<ArgumentException>(() => HodgesLehmann.Of([], [1]));
}
