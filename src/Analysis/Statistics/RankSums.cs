using System.Collections.Concurrent;

namespace Brigade.Analysis.Statistics;

/// <summary>The exact distribution of U for two samples of one distribution without ties.</summary>
internal static class RankSums
{
    private static readonly ConcurrentDictionary<(int, int), double[]> Known = new();

    /// <summary>The probability that U is at most <paramref name="u"/>.</summary>
    public static double AtMost(int n, int m, int u) => u < 0 ? 0 : Cumulative(n, m)[Math.Min(u, n * m)];

    /// <summary>The least u for which the probability of at most u is at least <paramref name="probability"/>.</summary>
    public static int Quantile(int n, int m, double probability)
    {
        var cumulative = Cumulative(n, m);
        var at = Array.FindIndex(cumulative, value => value >= probability - 1e-12);
        return at < 0 ? n * m : at;
    }

    private static double[] Cumulative(int n, int m) => Known.GetOrAdd((Math.Min(n, m), Math.Max(n, m)), sizes => Count(sizes.Item1, sizes.Item2));

    /// <summary>
    /// The number of orders with each U is the coefficient of the Gaussian binomial (n + m over n): the product of (1 − q^(m+i)) / (1 − q^i) for i = 1 to n,
    /// multiplied out one factor after the other.
    /// </summary>
    private static double[] Count(int n, int m)
    {
        var counts = new double[(n * m) + 1];
        counts[0] = 1;
        for (var i = 1; i <= n; i++)
        {
            for (var at = counts.Length - 1; at >= m + i; at--)
                counts[at] -= counts[at - m - i];
            for (var at = i; at < counts.Length; at++)
                counts[at] += counts[at - i];
        }

        var total = counts.Sum();
        var sum = 0.0;
        for (var at = 0; at < counts.Length; at++)
            counts[at] = (sum += counts[at]) / total;
        return counts;
    }
}
