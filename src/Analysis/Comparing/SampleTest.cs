using System.Runtime.InteropServices;
using Brigade.Analysis.Statistics;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Brigade.Analysis.Comparing;

/// <summary>The chance that two samples of one distribution differ as these do.</summary>
/// <param name="PValue">Two-sided, before any correction.</param>
/// <param name="ByRanks">Whether the Mann-Whitney test gave it; else Welch's t test on logarithms.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SampleTest(double PValue, bool ByRanks)
{
    /// <summary>
    /// Mann-Whitney where the values are enough for it to reach significance at all among so many tests. Three values against three can be ordered in 20 ways only, so ranks never
    /// decide there: then Welch's t test on logarithms does (Welch 1947, Biometrika 34, 28-35), and only where the samples do not overlap, else nothing is told.
    /// </summary>
    /// <param name="first">At least two positive values.</param>
    /// <param name="second">At least two positive values.</param>
    public static SampleTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second, int tests, double significance)
    {
        var least = 2 / SpecialFunctions.Binomial(first.Count + second.Count, first.Count);
        if (least * tests <= significance)
            return new(MannWhitney.Test(first, second).PValue, ByRanks: true);
        return new(Math.Abs(CliffsDelta.Of(first, second)) < 1 ? 1 : Welch(first, second), ByRanks: false);
    }

    private static double Welch(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (one, other) = (first.Select(value => Math.Log(value)).ToArray(), second.Select(value => Math.Log(value)).ToArray());
        var (a, b) = (one.Variance() / one.Length, other.Variance() / other.Length);
        if (a + b <= 0)
            return 0;
        var t = Math.Abs(other.Mean() - one.Mean()) / Math.Sqrt(a + b);
        var degrees = (a + b) * (a + b) / ((a * a / (one.Length - 1)) + (b * b / (other.Length - 1)));
        return 2 * StudentT.CDF(0, 1, degrees, -t);
    }
}
