using Brigade.Analysis.Statistics;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

public sealed class CliffsDeltaTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, 1)]
    [InlineData(new double[] { 4, 5, 6 }, new double[] { 1, 2, 3 }, -1)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 2, 3 }, 0)]
    // 5 pairs are larger, 2 smaller, 2 tied.
    [InlineData(new double[] { 10, 20, 30 }, new double[] { 20, 30, 40 }, 5 / 9.0)]
    [InlineData(new double[] { }, new double[] { 1 }, 0)]
    public void Of_Samples_CountsPairs(double[] first, double[] second, double delta) => Assert.Equal(delta, CliffsDelta.Of(first, second), 9);
}
