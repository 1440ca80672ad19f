using Brigade.Analysis.View;
using Xunit;

namespace Brigade.Analysis.Tests.View;

public sealed class NamingTests
{
    [Theory]
    [InlineData("dotnet", ".NET")]
    [InlineData("python3.11", "Python")]
    [InlineData("node22", "Node.js")]
    [InlineData("ruby3", "ruby3")]
    public void Runtime_OnePython_NamesNoVersion(string id, string expected) => Assert.Equal(expected, new Naming(["dotnet", "python3.11"]).Runtime(id));

    [Theory]
    [InlineData("python3.11", "Python 3.11")]
    [InlineData("python3.13t", "Python 3.13 (free-threaded)")]
    public void Runtime_TwoPythons_NamesTheVersion(string id, string expected) => Assert.Equal(expected, new Naming(["python3.11", "python3.13t"]).Runtime(id));

    [Theory]
    [InlineData(0.0341, "0.03 times")]
    [InlineData(0.00341, "0.0034 times")]
    [InlineData(1, "1.00 times")]
    [InlineData(15.93, "15.9 times")]
    [InlineData(1234.4, "1,234 times")]
    public void Times_Factor_AboutThreeDigits(double factor, string expected) => Assert.Equal(expected, Naming.Times(factor));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.000012, "0.000012")]
    [InlineData(0.1234, "0.123")]
    [InlineData(1.5, "1.5")]
    [InlineData(12.34, "12.3")]
    [InlineData(1234.4, "1,234")]
    public void Number_Value_NoExponent(double value, string expected) => Assert.Equal(expected, Naming.Number(value));

    [Theory]
    [InlineData(0.012, "12 µs")]
    [InlineData(2.5, "2.5 ms")]
    [InlineData(12_500, "12.5 s")]
    public void Milliseconds_Value_UnitThatReads(double ms, string expected) => Assert.Equal(expected, Naming.Milliseconds(ms));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.004, "0.4 %")]
    [InlineData(0.1024, "10.2 %")]
    [InlineData(0.493, "49 %")]
    public void Percent_Ratio_WholeAboveTwenty(double ratio, string expected) => Assert.Equal(expected, Naming.Percent(ratio));

    [Fact]
    public void List_Items_CommasAndAnAnd()
    {
        Assert.Equal("", Naming.List([]));
        Assert.Equal("a", Naming.List(["a"]));
        Assert.Equal("a, b and c", Naming.List(["a", "b", "c"]));
    }
}
