using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Tests.Components.Formatting;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.234, "1.23")]
    [InlineData(12.34, "12.3")]
    [InlineData(123.4, "123")]
    [InlineData(1234.5, "1\u202f235")]
    [InlineData(12_345, "12.3 k")]
    [InlineData(1_234_567, "1.23 M")]
    [InlineData(999_700, "1 M")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Short_AnySize_HasThreeDigitsAndAUnit(double value, string expected) => Assert.Equal(expected, Numbers.Short(value));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.0456, "45.6 µs")]
    [InlineData(2.5, "2.5 ms")]
    [InlineData(999.7, "1 s")]
    [InlineData(1500, "1.5 s")]
    [InlineData(125_000, "2 min 5 s")]
    public void Time_Milliseconds_PicksTheUnit(double milliseconds, string expected) => Assert.Equal(expected, Numbers.Time(milliseconds));

    [Theory]
    [InlineData(45, "45 s")]
    [InlineData(120, "2 min")]
    [InlineData(4800, "1 h 20 min")]
    [InlineData(7200, "2 h")]
    [InlineData(-3, "0 s")]
    public void Span_Seconds_ReadsAsPeopleSayIt(int seconds, string expected) => Assert.Equal(expected, Numbers.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(36_700_160, "35 MiB")]
    public void Bytes_AnySize_UsesBinaryUnits(double bytes, string expected) => Assert.Equal(expected, Numbers.Bytes(bytes));

    [Fact]
    public void Count_One_IsSingular() => Assert.Equal(("1 trial", "12\u202f000 trials"), (Numbers.Count(1, "trial"), Numbers.Count(12_000, "trial")));

    [Fact]
    public void Times_Absent_ShowsThatThereIsNone() => Assert.Equal(("–", "1.86×"), (Numbers.Times(null), Numbers.Times(1.861)));

    [Theory]
    [InlineData(0.95, "95 %")]
    [InlineData(0.012, "1.2 %")]
    [InlineData(3.2, "320 %")]
    public void Percent_Ratio_IsRounded(double ratio, string expected) => Assert.Equal(expected, Numbers.Percent(ratio));
}
