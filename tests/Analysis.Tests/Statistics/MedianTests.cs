using Brigade.Analysis.Statistics;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

public sealed class MedianTests
{
    [Theory]
    [InlineData(new double[] { }, 0)]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    public void Of_Values_MiddleOrMeanOfTheTwoMiddleOnes(double[] values, double expected) => Assert.Equal(expected, Median.Of(values));

    [Fact]
    public void Of_Array_LeavesItsOrder()
    {
        double[] values = [3, 1, 2];

        Median.Of(values);

        Assert.Equal([3, 1, 2], values);
    }
}
