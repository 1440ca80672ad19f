namespace Brigade.Benchmarks;

internal static class Percentile
{
    /// <summary>The smallest value that at least this share of the values does not exceed.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
