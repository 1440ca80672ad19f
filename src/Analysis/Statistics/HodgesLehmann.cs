using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace Brigade.Analysis.Statistics;

/// <summary>
/// The Hodges-Lehmann shift between two samples: the median of all differences of pairs, with the interval that belongs to the Mann-Whitney test
/// (Hodges and Lehmann 1963, "Estimates of location based on rank tests", Annals of Mathematical Statistics 34(2), 598-611; Hollander and Wolfe 1999, "Nonparametric statistical methods", 4.2-4.3).
/// </summary>
/// <param name="Shift">How much the second sample lies above the first, in the unit of the values.</param>
/// <param name="Low">Lower end of the interval, which has at least the confidence that was asked for, less only where samples are so small that all differences together do not reach it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HodgesLehmann(double Shift, double Low, double High)
{
    private const int LargeSample = 50;

    /// <param name="first">At least one value, in any order.</param>
    /// <param name="second">At least one value, in any order.</param>
    public static HodgesLehmann Of(IReadOnlyList<double> first, IReadOnlyList<double> second, double confidence = 0.95)
    {
        var (n, m) = (first.Count, second.Count);
        if (n == 0 || m == 0)
            throw new ArgumentException("A shift needs at least one value on each side.", nameof(first));

        var differences = second.SelectMany(other => first.Select(one => other - one)).ToArray();
        Array.Sort(differences);
        // The interval leaves out so many of the least and of the largest differences.
        var outside = Outside(n, m, (1 - confidence) / 2);
        return new(Median.Of(differences), differences[outside - 1], differences[^outside]);
    }

    /// <summary>The rank from each end at which the interval ends; 1 is the outermost difference.</summary>
    private static int Outside(int n, int m, double tail)
    {
        if (n < LargeSample && m < LargeSample)
            return Math.Max(1, RankSums.Quantile(n, m, tail));
        var deviation = Math.Sqrt((double)n * m * (n + m + 1) / 12);
        return Math.Max(1, (int)Math.Floor((n * (double)m / 2) + (Normal.InvCDF(0, 1, tail) * deviation)));
    }
}
