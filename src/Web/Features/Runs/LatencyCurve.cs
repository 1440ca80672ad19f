using HdrHistogram;
using HdrHistogram.Utilities;

namespace Brigade.Web.Features.Runs;

/// <summary>A latency distribution as a curve over its percentiles.</summary>
public static class LatencyCurve
{
    private const double NanosecondsPerMillisecond = 1e6;

    private static readonly double[] Percentiles = [0, 1, 5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.5, 99.7, 99.9, 99.95, 99.99, 99.999];

    /// <summary>Points of percentile and milliseconds, no further than the tasks support: the last one is the slowest task.</summary>
    /// <param name="histograms">In nanoseconds, compressed; they are merged. Unreadable ones are left out.</param>
    public static IReadOnlyList<double[]> Of(IEnumerable<byte[]> histograms)
    {
        ArgumentNullException.ThrowIfNull(histograms);
        HistogramBase? total = null;
        foreach (var histogram in histograms.Where(bytes => bytes.Length > 0).Select(Decode).OfType<HistogramBase>())
        {
            if (total is null)
                total = histogram;
            else
                total.Add(histogram);
        }

        if (total is null || total.TotalCount == 0)
            return [];
        var last = 100 * (1 - (1.0 / total.TotalCount));
        var points = Percentiles.Where(percentile => percentile < last).Append(last).Distinct();
        return [.. points.Select(percentile => new[] { percentile, percentile == last ? Milliseconds(total.GetMaxValue()) : Milliseconds(total.GetValueAtPercentile(percentile)) })];
    }

    private static double Milliseconds(long nanoseconds) => Math.Round(nanoseconds / NanosecondsPerMillisecond, 6);

    private static HistogramBase? Decode(byte[] bytes)
    {
        try
        {
            return HistogramEncoding.DecodeFromCompressedByteBuffer(ByteBuffer.Allocate(bytes), 0);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException or InvalidDataException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
