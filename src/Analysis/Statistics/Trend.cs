using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace Brigade.Analysis.Statistics;

/// <summary>
/// Whether values drift in the order in which they were measured: the Mann-Kendall test with the slope of Theil and Sen, neither of which an outlier moves
/// (Mann 1945, "Nonparametric tests against trend", Econometrica 13(3), 245-259; Sen 1968, "Estimates of the regression coefficient based on Kendall's tau", JASA 63(324), 1379-1389).
/// </summary>
/// <param name="Slope">Median slope of all pairs, in the unit of the values per place in the order.</param>
/// <param name="RelativeDrift">What the slope makes from the first to the last value, over the median: −0.1 where they fell by a tenth; 0 where the median is 0.</param>
/// <param name="PValue">Two-sided; exact for fewer than 50 values without ties, else normal with corrections for ties and continuity; 1 for fewer than 3 values.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Trend(double Slope, double RelativeDrift, double PValue)
{
    private const int LargestExact = 49;

    /// <param name="values">In the order in which they were measured.</param>
    public static Trend Of(IReadOnlyList<double> values)
    {
        var n = values.Count;
        if (n < 2)
            return new(0, 0, 1);

        var slopes = new List<double>(n * (n - 1) / 2);
        var s = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                slopes.Add((values[j] - values[i]) / (j - i));
                s += Math.Sign(values[j].CompareTo(values[i]));
            }
        }

        var slope = Median.Of(slopes);
        var middle = Median.Of(values);
        return new(slope, middle == 0 ? 0 : slope * (n - 1) / Math.Abs(middle), n < 3 ? 1 : Probability(values, s));
    }

    private static double Probability(IReadOnlyList<double> values, int s)
    {
        var n = values.Count;
        var ties = values.GroupBy(value => value).Select(group => group.Count()).Where(count => count > 1).ToArray();
        if (n <= LargestExact && ties.Length == 0)
            return Exactly(n, Math.Abs(s));
        var variance = (((double)n * (n - 1) * ((2 * n) + 5)) - ties.Sum(t => (double)t * (t - 1) * ((2 * t) + 5))) / 18;
        return variance <= 0 ? 1 : Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Max(0, Math.Abs(s) - 1) / Math.Sqrt(variance)));
    }

    /// <summary>The share of all orders of n values with a sum at least as far from 0: orders are counted by inversions (Kendall's distribution).</summary>
    private static double Exactly(int n, int distance)
    {
        var pairs = n * (n - 1) / 2;
        var counts = new double[pairs + 1];
        counts[0] = 1;
        for (var size = 2; size <= n; size++)
        {
            for (var inversions = pairs; inversions >= 0; inversions--)
            {
                for (var more = 1; more < size && more <= inversions; more++)
                    counts[inversions] += counts[inversions - more];
            }
        }

        var beyond = Enumerable.Range(0, pairs + 1).Where(inversions => Math.Abs(pairs - (2 * inversions)) >= distance).Sum(inversions => counts[inversions]);
        return beyond / counts.Sum();
    }
}
