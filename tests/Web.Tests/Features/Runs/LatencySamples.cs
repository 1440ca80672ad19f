using HdrHistogram;
using HdrHistogram.Utilities;

namespace Brigade.Web.Tests.Features.Runs;

/// <summary>Latency histograms as a run stores them.</summary>
internal static class LatencySamples
{
    public static byte[] Encode(long nanoseconds, int count)
    {
        var histogram = new LongHistogram(1, 3_600_000_000_000, 3);
        histogram.RecordValueWithCount(nanoseconds, count);
        var buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
        var bytes = new byte[histogram.EncodeIntoCompressedByteBuffer(buffer)];
        buffer.Position = 0;
        for (var index = 0; index < bytes.Length; index++)
            bytes[index] = buffer.Get();
        return bytes;
    }
}
