using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class UnitsTests
{
    [Theory]
    [InlineData("5s", 50_000_000, "5s")]
    [InlineData("500ms", 5_000_000, "500ms")]
    [InlineData("1500ms", 15_000_000, "1500ms")]
    [InlineData("1.5s", 15_000_000, "1500ms")]
    [InlineData("0.5ms", 5_000, "0.5ms")]
    [InlineData("60s", 600_000_000, "60s")]
    [InlineData("2m", 1_200_000_000, "2m")]
    [InlineData("90s", 900_000_000, "90s")]
    [InlineData("1h", 36_000_000_000, "1h")]
    [InlineData(" 5 s ", 50_000_000, "5s")]
    [InlineData("0s", 0, "0s")]
    public void TryParseDuration_Text_GivesTicksAndFormatsBack(string text, long ticks, string formatted)
    {
        Assert.True(Units.TryParseDuration(text, out var duration));
        Assert.Equal(ticks, duration.Ticks);
        Assert.Equal(formatted, Units.FormatDuration(duration));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5S")]
    [InlineData("5d")]
    [InlineData("5s s")]
    [InlineData("1,5s")]
    [InlineData("0.00001ms")]
    [InlineData("99999999999999999999999999999h")]
    [InlineData("999999999999h")]
    [InlineData("00:00:05")]
    public void TryParseDuration_OtherText_IsRefused(string text) => Assert.False(Units.TryParseDuration(text, out _));

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("1000", 1_000, "1000")]
    [InlineData("1024", 1_024, "1KiB")]
    [InlineData("512MiB", 536_870_912, "512MiB")]
    [InlineData("64KiB", 65_536, "64KiB")]
    [InlineData("1GB", 1_000_000_000, "1000000000")]
    [InlineData("1.5KiB", 1_536, "1536")]
    [InlineData("1GiB", 1_073_741_824, "1GiB")]
    [InlineData("7B", 7, "7")]
    public void TryParseSize_Text_GivesBytesAndFormatsBack(string text, long bytes, string formatted)
    {
        Assert.True(Units.TryParseSize(text, out var size));
        Assert.Equal(bytes, size);
        Assert.Equal(formatted, Units.FormatSize(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("1kb")]
    [InlineData("1Gb")]
    [InlineData("99999999999TiB")]
    public void TryParseSize_OtherText_IsRefused(string text) => Assert.False(Units.TryParseSize(text, out _));

    [Theory]
    [InlineData("500/s", 500, "500/s")]
    [InlineData("500", 500, "500/s")]
    [InlineData("30/m", 0.5, "30/m")]
    [InlineData("36/h", 0.01, "36/h")]
    [InlineData("7 /h", 7.0 / 3600, "7/h")]
    [InlineData("0.3333", 0.3333, "0.3333/s")]
    [InlineData("0", 0, "0/s")]
    public void TryParseRate_Text_GivesPerSecondAndFormatsBack(string text, double perSecond, string formatted)
    {
        Assert.True(Units.TryParseRate(text, out var rate));
        Assert.Equal(perSecond, rate);
        Assert.Equal(formatted, Units.FormatRate(rate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/s")]
    [InlineData("-5/s")]
    [InlineData("5/d")]
    [InlineData("5/s/s")]
    [InlineData("1e999/s")]
    [InlineData("NaN")]
    public void TryParseRate_OtherText_IsRefused(string text) => Assert.False(Units.TryParseRate(text, out _));
}
