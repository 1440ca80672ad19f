using HdrHistogram;

namespace Brigade.Web.Features.Runs;

/// <summary>A latency distribution as a curve over its percentiles.</summary>
public static class LatencyCurve
{
    private static readonly double[] Percentiles = [0, 1, 5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.5, 99.7, 99.9, 99.95, 99.99, 99.999];

    /// <summary>Points of percentile and milliseconds, no further than the tasks support: the last one is the slowest task.</summary>
    /// <param name="histograms">In nanoseconds, compressed; they are merged. Unreadable ones are left out.</param>
    public static IReadOnlyList<double[]> Of(IEnumerable<byte[]> histograms)
    {
        if (LatencyHistograms.Merge(histograms) is not { } total)
            return [];
        var last = 100 * (1 - (1.0 / total.TotalCount));
        var points = Percentiles.Where(percentile => percentile < last).Append(last).Distinct();
        return [.. points.Select(percentile => new[] { percentile, percentile == last ? LatencyHistograms.Milliseconds(total.GetMaxValue()) : LatencyHistograms.Milliseconds(total.GetValueAtPercentile(percentile)) })];
    }
}
