using Brigade.Analysis.Reports.Svg;
using Xunit;

namespace Brigade.Analysis.Tests.Reports.Svg;

public sealed class TicksTests
{
    [Theory]
    [InlineData(1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(3.7, new[] { 0.0, 1, 2, 3, 4 })]
    [InlineData(0, new[] { 0.0, 1 })]
    [InlineData(double.NaN, new[] { 0.0, 1 })]
    public void Linear_Largest_IsCoveredByRoundSteps(double largest, double[] expected) => Assert.Equal(expected, Ticks.Linear(largest).Select(tick => Math.Round(tick, 9)));

    [Fact]
    public void Powers_Values_AreWithin() => Assert.Equal([0.1, 1, 10, 100], Ticks.Powers(0.25, 80).Select(tick => Math.Round(tick, 9)));

    [Fact]
    public void Powers_OneValue_GivesAnAxisWithLength() => Assert.Equal([1.0, 10], Ticks.Powers(1, 1));
}
