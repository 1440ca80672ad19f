using Brigade.Analysis.Statistics;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

/// <summary>Expected values are of <c>reference.R</c> (R 4.2, cor.test with Kendall's tau against the order).</summary>
public sealed class TrendTests
{
    [Theory]
    [InlineData(new double[] { 100, 101, 99.5, 102, 103, 102.5, 104 }, 0.666666666667, 0.0301587301587)]
    [InlineData(new double[] { 5, 3, 6, 2, 4, 7, 1 }, -0.333333333333, 0.772619047619)]
    [InlineData(new double[] { 10, 9.8, 9.9, 9.5, 9.6, 9.3, 9.1, 9.2, 8.8, 8.9, 8.5, 8.7 }, -0.14, 1.63423253701e-05)]
    [InlineData(new double[] { 1, 1, 2, 2, 3, 3, 2, 4 }, 0.414285714286, 0.019791779622)]
    public void Of_Values_AsR(double[] values, double slope, double p)
    {
        var trend = Trend.Of(values);

        Assert.Equal(slope, trend.Slope, 9);
        Assert.Equal(p, trend.PValue, 9);
    }

    [Fact]
    public void Of_FallingByATenth_SaysSo() => Assert.Equal(-0.1, Trend.Of([105, 104, 103, 102, 101, 100, 99, 98, 97, 96, 95]).RelativeDrift, 9);

    [Fact]
    public void Of_TooFewOrEqualValues_HasNone() =>
        Assert.Equal([(0, 1), (0, 1), (0, 1)], [.. new double[][] { [], [3], [3, 3, 3, 3] }.Select(values => Trend.Of(values)).Select(trend => (trend.Slope, trend.PValue))]);
}
