using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class FewRepetitionsTests
{
    [Theory]
    [InlineData(1, "warning", "1 cell of 1 completed one repetition only")]
    [InlineData(2, "warning", "it holds the true median in 50 % of cases")]
    [InlineData(3, "info", "it holds the true median in 75 % of cases")]
    [InlineData(5, "info", "it holds the true median in 94 % of cases")]
    public void Find_FewerThanSix_SaysWhatTheIntervalIsWorth(int repetitions, string severity, string text)
    {
        var finding = Assert.Single(Run(repetitions).Findings("few-repetitions"));

        Assert.Equal(severity, finding.Severity);
        Assert.Contains(text, finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 100, 130, 100 }, 0)] // the finding about noise asks for repetitions already
    [InlineData(new double[] { 100, 130 }, 1)]
    public void Find_NoisyToo_NotSaidTwice(double[] throughputs, int findings) =>
        Assert.Equal(findings, new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, throughputs)).Findings("few-repetitions").Count);

    [Fact]
    public void Find_Six_Nothing() => Assert.Empty(Run(6).Findings("few-repetitions"));

    private static RunBuilder Run(int repetitions) => new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, Enumerable.Repeat(100.0, repetitions).ToArray()));
}
