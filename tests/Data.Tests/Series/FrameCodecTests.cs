using Brigade.Contracts.Runs;
using Brigade.Data.Series;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Series;

public sealed class FrameCodecTests
{
    [Fact]
    public void Decode_WhatEncodeGave_IsTheSame()
    {
        Frame[] frames =
        [
            .. Samples.Frames(3, 0, 12),
            new(3, int.MaxValue, 0.1 + 0.2, long.MaxValue, long.MinValue, double.MaxValue, double.Epsilon, -0.0, [], 1 / 3.0, 0, long.MaxValue, -1, 0, []),
            new(3, 14, 100, 0, 0, 0, 0, 0, [255], 0, 0, 0, 0, 0, [new WorkerFrame(70_000, WorkerState.Gone, 1, 0, 0), new WorkerFrame(2, WorkerState.Idle, 0, null, 5)]),
        ];

        var decoded = FrameCodec.Decode(3, FrameCodec.Encode(frames));

        Assert.Equal(Samples.Json(frames), Samples.Json(decoded));
        Assert.True(double.IsNegative(decoded[12].P99Ms));
    }

    [Fact]
    public void Decode_FramesOfTheFirstVersion_AreReadWithoutTasksOneByOne()
    {
        var packed = Convert.FromBase64String(
            "ARvJAADE//+b973G1CW2/A+hhnc8wAgXWVz8teNLg//Z8bOvHgUYaUBtAUjLDg/sdrAxhs/ZkCaD4bXvtR44H/h/pQy2rbWL42Wem+ajJHlMuymQw4VNM61CYNgYEdnru5BSInBaBzfqWwNwQQxiAg==");

        var frames = FrameCodec.Decode(3, packed);

        Assert.Equal([(0, 50L), (1, 51L)], frames.Select(frame => (frame.Number, frame.Tasks)));
        Assert.All(frames, frame => Assert.Null(frame.Spans));
        Assert.Equal([1, 2, 1], frames[1].Histogram);
        Assert.Equal(new WorkerFrame(1, WorkerState.Waiting, 0.5, null, 25), frames[1].Workers[1]);
    }

    [Fact]
    public void Encode_AsManyTasksAsAFrameMayHave_TakesFewBytesEach()
    {
        var random = new Random(1);
        Frame[] frames = [.. Enumerable.Range(0, 100).Select(number => Samples.Frame(0, number) with
        {
            Spans = new TaskSpans(
                [.. Enumerable.Range(0, TaskSpans.MostPerFrame).Select(i => i / 24)],
                [.. Enumerable.Range(0, TaskSpans.MostPerFrame).Select(i => (i % 24 * 41_000L) + random.Next(2_000))],
                [.. Enumerable.Range(0, TaskSpans.MostPerFrame).Select(_ => 38_000L + random.Next(2_000))],
                []),
        })];
        Frame[] bare = [.. frames.Select(frame => frame with { Spans = null })];

        Assert.InRange(FrameCodec.Encode(frames).Length - FrameCodec.Encode(bare).Length, 1, 100 * TaskSpans.MostPerFrame * 5);
    }

    [Fact]
    public void Encode_AMinuteOfFrames_TakesLessThanATenthOfTheJson()
    {
        var frames = Samples.Frames(0, 0, 600);

        Assert.InRange(FrameCodec.Encode(frames).Length, 600, Samples.Json(frames).Length / 10);
    }

    [Fact]
    public void Encode_NoFrame_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => FrameCodec.Encode([]));

    [Fact]
    public void Decode_UnknownVersion_SaysSo()
    {
        var packed = FrameCodec.Encode(Samples.Frames(0, 0, 2));
        packed[0] = 200;

        Assert.Contains("unknown version", Assert.Throws<InvalidDataException>(() => FrameCodec.Decode(0, packed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_DamagedBytes_NeverThrowsAnythingElse()
    {
        var packed = FrameCodec.Encode(Samples.Frames(0, 0, 5));
        for (var i = 0; i < packed.Length; i++)
        {
            var damaged = packed.ToArray();
            damaged[i] ^= 0x55;
            var error = Record.Exception(() => FrameCodec.Decode(0, damaged));
            Assert.True(error is null or InvalidDataException, $"byte {i}: {error}");
            Assert.IsType<InvalidDataException>(Record.Exception(() => FrameCodec.Decode(0, packed[..i])));
        }
    }
}
