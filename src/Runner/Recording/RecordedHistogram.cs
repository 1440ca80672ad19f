using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using HdrHistogram;

namespace Brigade.Runner.Recording;

/// <summary>
/// The one shape of histogram that the runner records, with an encoder of its own: the library's allocates half a megabyte for each, ten times a second.
/// What it writes is the library's format V2, and is read with the library.
/// </summary>
internal sealed class RecordedHistogram() : LongHistogram(1, HistogramCodec.HighestNs, HistogramCodec.Digits)
{
    private const int Cookie = 0x1c849303 | 0x10;
    private const int CompressedCookie = 0x1c849304 | 0x10;
    private const int HeaderBytes = 40;
    private const int LongestCount = 9;

    /// <summary>The compressed form of the HdrHistogram format V2 (zlib); empty for an empty histogram.</summary>
    public byte[] Encode()
    {
        if (TotalCount == 0)
        {
            return [];
        }

        var counts = IndexAfterHighest();
        var plain = ArrayPool<byte>.Shared.Rent(HeaderBytes + (counts * LongestCount));
        try
        {
            var length = Write(plain, counts);
            using var compressed = new MemoryStream(capacity: 1024);
            compressed.Write(stackalloc byte[2 * sizeof(int)]);
            using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            {
                zlib.Write(plain, 0, length);
            }

            var bytes = compressed.ToArray();
            BinaryPrimitives.WriteInt32BigEndian(bytes, CompressedCookie);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sizeof(int)), bytes.Length - (2 * sizeof(int)));
            return bytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    private int IndexAfterHighest()
    {
        var index = (BucketCount + 1) * (SubBucketCount / 2);
        while (index > 0 && GetCountAtIndex(index - 1) == 0)
        {
            index--;
        }

        return index;
    }

    private int Write(Span<byte> target, int counts)
    {
        var at = HeaderBytes;
        for (var index = 0; index < counts;)
        {
            var count = GetCountAtIndex(index++);
            if (count == 0)
            {
                // A run of zeros is its length, negative.
                count = -1;
                while (index < counts && GetCountAtIndex(index) == 0)
                {
                    count--;
                    index++;
                }
            }

            at += WriteZigZag(target[at..], count);
        }

        BinaryPrimitives.WriteInt32BigEndian(target, Cookie);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], at - HeaderBytes);
        BinaryPrimitives.WriteInt32BigEndian(target[8..], 0); // the index is not shifted
        BinaryPrimitives.WriteInt32BigEndian(target[12..], HistogramCodec.Digits);
        BinaryPrimitives.WriteInt64BigEndian(target[16..], 1);
        BinaryPrimitives.WriteInt64BigEndian(target[24..], HistogramCodec.HighestNs);
        BinaryPrimitives.WriteDoubleBigEndian(target[32..], 1); // the ratio of integers to doubles
        return at;
    }

    /// <summary>ZigZag LEB128-64b9B: seven bits a byte, the ninth byte whole.</summary>
    private static int WriteZigZag(Span<byte> target, long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var length = 0;
        while (length < LongestCount - 1 && rest > 0x7F)
        {
            target[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        target[length++] = (byte)rest;
        return length;
    }
}
