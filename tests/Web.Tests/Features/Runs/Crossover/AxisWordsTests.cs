using Brigade.Analysis.Crossover;
using Brigade.Web.Features.Runs.Crossover;

namespace Brigade.Web.Tests.Features.Runs.Crossover;

public sealed class AxisWordsTests
{
    [Theory]
    [InlineData("params.limit", "500", "limit", "500")]
    [InlineData("payloadBytes", "0", "payload", "none")]
    [InlineData("payloadBytes", "65536", "payload", "64 KiB")]
    [InlineData("channel", "shared-memory", "channel", "shared-memory")]
    [InlineData("startMethod", "spawn", "start method", "spawn")]
    public void TitleAndValue_OfAnAxis_AreForPeople(string key, string value, string title, string text)
    {
        var axis = new CrossoverAxis(key, [value]);
        Assert.Equal((title, text), (AxisWords.Title(axis), AxisWords.Value(axis, value)));
    }

    [Theory]
    [InlineData(0.4, "40 % more than", "30 % to 50 %")]
    [InlineData(2.2, "3.2× as much as", "3.1× to 3.3×")]
    public void Ahead_OfAMargin_IsAPercentageOrAFactor(double ahead, string words, string range)
    {
        Assert.Equal(words, AxisWords.Ahead(ahead));
        Assert.Equal(range, AxisWords.Range(new Margin(ahead, ahead - 0.1, ahead + 0.1)));
    }
}
