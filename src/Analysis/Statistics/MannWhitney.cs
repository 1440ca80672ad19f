using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace Brigade.Analysis.Statistics;

/// <summary>
/// The Mann-Whitney U test: whether values of one sample tend to be larger than those of another, whatever their distribution
/// (Mann and Whitney 1947, "On a test of whether one of two random variables is stochastically larger than the other", Annals of Mathematical Statistics 18(1), 50-60).
/// It takes values as independent: repetitions that resemble their neighbours make it too certain.
/// </summary>
/// <param name="U">How many pairs have the larger value in the second sample, ties counting half: 0 to the product of the sizes.</param>
/// <param name="PValue">Two-sided; 1 where there is nothing to test.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MannWhitney(double U, double PValue)
{
    /// <summary>Samples of at least this size make the normal distribution good enough.</summary>
    private const int LargeSample = 50;

    /// <summary>Tests two samples, in any order; exact where both are smaller than 50 and no value occurs twice, else by the normal distribution with corrections for ties and continuity.</summary>
    public static MannWhitney Test(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (n, m) = (first.Count, second.Count);
        if (n == 0 || m == 0)
            return new(0, 1);

        var u = 0.0;
        foreach (var one in first)
        {
            foreach (var other in second)
                u += other > one ? 1 : other == one ? 0.5 : 0;
        }

        var ties = first.Concat(second).GroupBy(value => value).Select(group => (double)group.Count()).Where(count => count > 1).ToArray();
        return n < LargeSample && m < LargeSample && ties.Length == 0
            ? new(u, Math.Min(1, 2 * RankSums.AtMost(n, m, (int)Math.Min(u, (n * m) - u))))
            : new(u, Normally(u, n, m, ties));
    }

    private static double Normally(double u, double n, double m, double[] ties)
    {
        var all = n + m;
        var variance = n * m / 12 * (all + 1 - (ties.Sum(t => (t * t * t) - t) / (all * (all - 1))));
        if (variance <= 0)
            return 1;
        var distance = Math.Max(0, Math.Abs(u - (n * m / 2)) - 0.5);
        return Math.Min(1, 2 * Normal.CDF(0, 1, -distance / Math.Sqrt(variance)));
    }
}
