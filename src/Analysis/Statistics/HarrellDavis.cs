using MathNet.Numerics;

namespace Brigade.Analysis.Statistics;

/// <summary>
/// The Harrell-Davis quantile estimator: all order statistics, weighted by the beta distribution with a = (n + 1) p and b = (n + 1)(1 − p).
/// Less variable than a quantile of one or two order statistics where samples are small
/// (Harrell and Davis 1982, "A new distribution-free quantile estimator", Biometrika 69(3), 635-640).
/// </summary>
public static class HarrellDavis
{
    /// <summary>The <paramref name="probability"/> quantile in the unit of the values.</summary>
    /// <param name="values">At least one value, in any order.</param>
    /// <param name="probability">Within 0 and 1; the ends give the smallest and the largest value.</param>
    public static double Quantile(IEnumerable<double> values, double probability)
    {
        var sorted = values.ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException("A quantile needs at least one value.", nameof(values));
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies within 0 and 1.");
        Array.Sort(sorted);
        if (probability == 0 || probability == 1)
            return probability == 0 ? sorted[0] : sorted[^1];

        var n = sorted.Length;
        var (a, b) = ((n + 1) * probability, (n + 1) * (1 - probability));
        var (sum, before) = (0.0, 0.0);
        for (var i = 1; i <= n; i++)
        {
            var upTo = i == n ? 1 : SpecialFunctions.BetaRegularized(a, b, (double)i / n);
            sum += (upTo - before) * sorted[i - 1];
            before = upTo;
        }
        return sum;
    }
}
