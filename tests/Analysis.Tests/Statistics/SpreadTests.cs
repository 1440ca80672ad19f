using Brigade.Analysis.Statistics;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

/// <summary>
/// Expected values: SciPy 1.10.1, <c>stats.median_abs_deviation(x)</c>, the same with <c>scale='normal'</c> over <c>np.median(x)</c> (262), and <c>stats.variation(x, ddof=1)</c>.
/// The sample is the 19 values with a long tail of Wilcox (2012), "Introduction to robust estimation and hypothesis testing", section 3.
/// </summary>
public sealed class SpreadTests
{
    public static readonly double[] LongTail = [77, 87, 88, 114, 151, 210, 219, 246, 253, 262, 296, 299, 306, 376, 428, 515, 666, 1310, 2611];

    [Fact]
    public void MedianAbsoluteDeviation_LongTail_AsSciPy() => Assert.Equal(114, Spread.MedianAbsoluteDeviation(LongTail));

    [Fact]
    public void RelativeDeviation_LongTail_AsSciPy() => Assert.Equal(169.01665290963862 / 262, Spread.RelativeDeviation(LongTail), 12);

    [Fact]
    public void CoefficientOfVariation_LongTail_AsSciPy() => Assert.Equal(1.3269861396345155, Spread.CoefficientOfVariation(LongTail), 12);

    [Fact]
    public void RelativeDeviation_OneOutlier_DoesNotMove() => Assert.Equal(0, Spread.RelativeDeviation([100, 100, 100, 900]));

    [Fact]
    public void All_NothingToDivideBy_Zero()
    {
        Assert.Equal(0, Spread.MedianAbsoluteDeviation([]));
        Assert.Equal(0, Spread.RelativeDeviation([0, 0, 1]));
        Assert.Equal(0, Spread.CoefficientOfVariation([5]));
        Assert.Equal(0, Spread.CoefficientOfVariation([-1, 1]));
    }
}
