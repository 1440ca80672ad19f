using Brigade.Analysis.Statistics;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Brigade.Analysis.Comparing;

/// <summary>The chance that two samples of one distribution differ as these do.</summary>
internal static class SampleTest
{
    /// <summary>
    /// Mann-Whitney where the values are enough for it to reach significance at all among so many tests. Three values against three can be ordered in 20 ways only, so ranks never
    /// decide there: then Welch's t test on logarithms does (Welch 1947, Biometrika 34, 28-35), and only where the samples do not overlap, else nothing is told.
    /// Two-sided, before any correction.
    /// </summary>
    /// <param name="first">At least two positive values.</param>
    /// <param name="second">At least two positive values.</param>
    public static double PValue(IReadOnlyList<double> first, IReadOnlyList<double> second, int tests, double significance)
    {
        var least = 2 / SpecialFunctions.Binomial(first.Count + second.Count, first.Count);
        if (least * tests <= significance)
            return MannWhitney.Test(first, second).PValue;
        return Math.Abs(CliffsDelta.Of(first, second)) < 1 ? 1 : Welch(first, second);
    }

    private static double Welch(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (one, other) = (first.Select(value => Math.Log(value)).ToArray(), second.Select(value => Math.Log(value)).ToArray());
        var (a, b) = (one.Variance() / one.Length, other.Variance() / other.Length);

        // Few values that are all the same, as counts or rounded times are, tell nothing of how much others would differ.
        if (a + b <= 0)
            return 1;
        var t = Math.Abs(other.Mean() - one.Mean()) / Math.Sqrt(a + b);
        var degrees = (a + b) * (a + b) / ((a * a / (one.Length - 1)) + (b * b / (other.Length - 1)));
        return 2 * StudentT.CDF(0, 1, degrees, -t);
    }
}
