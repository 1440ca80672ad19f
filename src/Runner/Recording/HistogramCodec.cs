using HdrHistogram;
using HdrHistogram.Utilities;

namespace Brigade.Runner.Recording;

/// <summary>The one shape of histogram that the runner records: 1 ns to 1 h at 3 significant digits.</summary>
internal static class HistogramCodec
{
    public const long HighestNs = 3_600L * 1_000_000_000;
    public const int Digits = 3;

    public static LongHistogram Create() => new(1, HighestNs, Digits);

    /// <summary>The compressed form of the HdrHistogram format V2 (zlib); empty for an empty histogram.</summary>
    public static byte[] Encode(LongHistogram histogram)
    {
        if (histogram.TotalCount == 0)
        {
            return [];
        }

        var buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
        var length = histogram.EncodeIntoCompressedByteBuffer(buffer);
        var bytes = new byte[length];
        buffer.Position = 0;
        buffer.ReadTo(bytes);
        return bytes;
    }
}
file static class ByteBufferReading
{
    public static void ReadTo(this ByteBuffer buffer, byte[] target)
    {
        for (var index = 0; index < target.Length; index++)
        {
            target[index] = buffer.Get();
        }
    }
}
