using System.Globalization;
using System.Numerics;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Brigade.Runner.TrialHosts.DotNet.Workloads;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Workloads;

public sealed class TaskResultTests
{
    [Fact]
    public void Of_WholeNumbers_AreModulo2To64()
    {
        Assert.Equal(ulong.MaxValue, TaskResult.Of(-1));
        Assert.Equal(ulong.MaxValue, TaskResult.Of((sbyte)-1));
        Assert.Equal(ulong.MaxValue, TaskResult.Of(BigInteger.MinusOne));
        Assert.Equal(5UL, TaskResult.Of((BigInteger.One << 70) + 5));
        Assert.Equal(ulong.MaxValue, TaskResult.Of(ulong.MaxValue));
        Assert.Equal((1UL, 0UL, 0UL), (TaskResult.Of(true), TaskResult.Of(false), TaskResult.Of(null)));
        Assert.Equal(2UL, TaskResult.Of(DayOfWeek.Tuesday));
    }

    [Fact]
    public void Of_TextsAndBytes_IsTheBeginningOfTheirHash()
    {
        Assert.Equal(Pattern.Hash("abc"u8), TaskResult.Of("abc"));
        Assert.Equal(Pattern.Hash("abc"u8), TaskResult.Of("abc"u8.ToArray()));
        Assert.Equal(Pattern.Hash("ä"u8), TaskResult.Of("ä"));
        Assert.Equal(Pattern.Hash("1.5"u8), TaskResult.Of(1.5));
    }

    /// <summary>As Python's <c>repr</c>.</summary>
    [Theory]
    [InlineData("0", "0.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1", "1.0")]
    [InlineData("-1.25", "-1.25")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1.5e-7", "1.5e-07")]
    [InlineData("123456789012345680", "1.2345678901234568e+17")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("1e300", "1e+300")]
    [InlineData("12345.678", "12345.678")]
    [InlineData("9.999999999999999e22", "1e+23")]
    [InlineData("100", "100.0")]
    [InlineData("0.00123", "0.00123")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    public void Text_RealNumber_IsAsPythonWritesIt(string number, string expected) => Assert.Equal(expected, TaskResult.Text(double.Parse(number, CultureInfo.InvariantCulture)));
}
