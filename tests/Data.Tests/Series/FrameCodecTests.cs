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
