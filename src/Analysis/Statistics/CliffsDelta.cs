namespace Brigade.Analysis.Statistics;

/// <summary>
/// How often a value of one sample is larger than one of another, minus how often it is smaller, over all pairs
/// (Cliff 1993, "Dominance statistics: ordinal analyses to answer ordinal questions", Psychological Bulletin 114(3), 494-509).
/// </summary>
public static class CliffsDelta
{
    /// <summary>−1 where every value of the second sample is smaller, 1 where every one is larger, 0 where neither or where a sample is empty.</summary>
    public static double Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count == 0 || second.Count == 0)
            return 0;
        var sum = second.Sum(other => first.Sum(one => Math.Sign(other.CompareTo(one))));
        return (double)sum / (first.Count * second.Count);
    }
}
