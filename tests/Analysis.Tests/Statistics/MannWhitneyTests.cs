using Brigade.Analysis.Statistics;
using CsCheck;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

/// <summary>Expected values are of <c>reference.R</c> (R 4.2, wilcox.test); the second sample is the one of the book named there.</summary>
public sealed class MannWhitneyTests
{
    [Theory]
    [InlineData(new double[] { 52, 104, 146, 10, 51, 30, 40, 27, 46 }, new double[] { 94, 197, 16, 38, 99, 141, 23 }, 36, 0.680594405594)]
    [InlineData(new double[] { 1.15, 0.88, 0.90, 0.74, 1.21 }, new double[] { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46 }, 35, 0.254412254412)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 11.5, 12.25, 13, 14, 15 }, 25, 0.00793650793651)]
    [InlineData(new double[] { 100, 101, 103 }, new double[] { 110, 112.5, 111 }, 9, 0.1)]
    public void Test_WithoutTies_ExactAsR(double[] first, double[] second, double u, double p)
    {
        var test = MannWhitney.Test(first, second);

        Assert.Equal(u, test.U);
        Assert.Equal(p, test.PValue, 9);
    }

    [Fact]
    public void Test_Ties_NormalAsR()
    {
        var test = MannWhitney.Test([1, 2, 2, 3, 3, 4], [3, 3, 4, 5, 6, 7, 7]);

        Assert.Equal((37.5, 0.0199302977991), (test.U, Math.Round(test.PValue, 13)));
    }

    [Fact]
    public void Test_LargeSamples_NormalAsR()
    {
        var first = Enumerable.Range(1, 60).Select(i => Math.Pow(i, 1.01)).ToArray();

        var test = MannWhitney.Test(first, [.. first.Select(value => value + 9.5)]);

        Assert.Equal((2325, 0.00590679415381), (test.U, Math.Round(test.PValue, 14)));
    }

    [Fact]
    public void Test_NothingToTell_IsOne() =>
        Assert.Equal([1, 1, 1], [MannWhitney.Test([], [1]).PValue, MannWhitney.Test([5, 5, 5], [5, 5]).PValue, MannWhitney.Test([1], [2]).PValue]);

    [Fact]
    public void Test_ExactUpTo49EachSide_StaysAProbability() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 49], Gen.Double[0.2, 1.2].Array[1, 49]).Sample((first, second) => MannWhitney.Test(first, second).PValue is > 0 and <= 1, iter: 200);
}
