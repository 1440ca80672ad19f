using Brigade.Analysis.Comparing;
using Brigade.Web.Features.Compare;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class VerdictWordsTests
{
    [Theory]
    [InlineData(0.124, "+12 %")]
    [InlineData(-0.034, "−3.4 %")]
    [InlineData(0, "0 %")]
    [InlineData(1.5, "2.5×")]
    public void Change_Relative_HasItsSign(double relative, string text) => Assert.Equal(text, VerdictWords.Change(relative));

    [Fact]
    public void Text_OneRun_LeavesOutAP99ThatStayed() =>
        Assert.Equal("Slower in 1 of 2 cells, faster in none, same in 1.", VerdictWords.Text(Compared.Comparison([Verdict.Slower], [Verdict.Same])));

    [Fact]
    public void Text_P99Changed_IsNamed()
    {
        var comparison = Compared.Comparison([Verdict.Same], [Verdict.Same]);
        var worse = comparison.Cells[1] with { Verdicts = [Compared.Verdict(1, Metrics.Throughput, Verdict.Same), Compared.Verdict(1, Metrics.P99, Verdict.Slower)] };

        Assert.Equal(
            "No difference that matters in both cells. p99 latency: slower in 1 of 2 cells, faster in none, same in 1.",
            VerdictWords.Text(comparison with { Cells = [comparison.Cells[0], worse] }));
    }

    [Fact]
    public void Text_SeveralRuns_CarryTheirLetters() =>
        Assert.Equal("B: Slower in both cells. C: Faster in both cells.", VerdictWords.Text(Compared.Comparison([Verdict.Slower, Verdict.Faster], [Verdict.Slower, Verdict.Faster])));

    [Fact]
    public void Lines_OneCell_SayTheChangeItself() =>
        Assert.Equal(["Slower: −12 % (−15 % to +30 %).", "p99 latency: no difference that matters."], VerdictWords.Lines(Compared.Comparison([Verdict.Slower]), 1));
}
