using HdrHistogram;
using HdrHistogram.Utilities;

namespace Brigade.Web.Features.Runs;

/// <summary>Latency histograms as runs store them.</summary>
internal static class LatencyHistograms
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>All of them together; null where they hold no task.</summary>
    /// <param name="histograms">In nanoseconds, compressed. Unreadable ones are left out.</param>
    public static HistogramBase? Merge(IEnumerable<byte[]> histograms)
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

        return total is { TotalCount: > 0 } ? total : null;
    }

    public static double Milliseconds(double nanoseconds) => Math.Round(nanoseconds / NanosecondsPerMillisecond, 6);

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
