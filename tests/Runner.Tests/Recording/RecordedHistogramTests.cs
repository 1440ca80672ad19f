using Brigade.Runner.Recording;
using CsCheck;
using HdrHistogram;
using HdrHistogram.Utilities;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

public sealed class RecordedHistogramTests
{
    [Fact]
    public void Encode_AnyValues_IsReadByTheLibraryAsTheSame() => Gen.Select(
        Gen.OneOf(Gen.Long[1, 5_000], Gen.Long[1, 1_000_000_000], Gen.Long[1, HistogramCodec.HighestNs]), Gen.OneOf(Gen.Const(1L), Gen.Long[1, 300], Gen.Long[1, long.MaxValue / 100])).Array[1, 50]
        .Sample(values =>
        {
            var histogram = HistogramCodec.Create();
            foreach (var (value, count) in values)
            {
                histogram.RecordValueWithCount(value, count);
            }

            var read = HistogramEncoding.DecodeFromCompressedByteBuffer(ByteBuffer.Allocate(histogram.Encode()), 0);

            Assert.Equal(histogram.TotalCount, read.TotalCount);
            Assert.Equal(histogram.GetMaxValue(), read.GetMaxValue());
            Assert.Equal(Counts(histogram), Counts(read));
        });

    [Fact]
    public void Encode_Empty_IsEmpty() => Assert.Empty(HistogramCodec.Create().Encode());

    [Fact]
    public void Encode_ManyFrames_AllocatesLittleForEach()
    {
        var histogram = HistogramCodec.Create();
        for (var value = 1; value < 2_000; value++)
        {
            histogram.RecordValue(value * 1_000L);
        }

        histogram.Encode();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var frame = 0; frame < 100; frame++)
        {
            histogram.Encode();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 32_000);
    }

    private static (long Value, long Count)[] Counts(HistogramBase histogram) => [.. histogram.RecordedValues().Select(value => (value.ValueIteratedTo, value.CountAtValueIteratedTo))];
}
