using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs.Guessing;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs.Guessing;

public sealed class GuessAnswerTests
{
    private static readonly RunResult Result = Of(
        Cell(Strategy.Sequential, 1, 100, speedup: 1), Cell(Strategy.Threads, 2, 102, speedup: 1.02), Cell(Strategy.Processes, 2, 190, speedup: 1.9), Cell(Strategy.Processes, 4, 188, speedup: 1.88));

    [Fact]
    public void Of_TheWinner_IsRight()
    {
        var answer = GuessAnswer.Of(new Guess(Strategy.Processes, null, null, 2), Result);

        Assert.Equal(GuessVerdict.Right, answer.Verdict);
        Assert.Contains("processes × 2 won with 190/s, 1.9× as fast as one task after the other", answer.Text, StringComparison.Ordinal);
        Assert.Contains("the guess was 2×: close to what was guessed", answer.Factor, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ALoser_SaysWhatWonInstead()
    {
        var answer = GuessAnswer.Of(new Guess(Strategy.Threads, "python", 2, 2), Result);

        Assert.Equal(GuessVerdict.Wrong, answer.Verdict);
        Assert.Contains("processes × 2 won", answer.Text, StringComparison.Ordinal);
        Assert.Contains("1.86× as many tasks a second as python · threads × 2", answer.Text, StringComparison.Ordinal);
        Assert.Contains("less than guessed", answer.Factor, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneThatIsNotToBeToldFromTheWinner_IsAsGood() => Assert.Equal(GuessVerdict.AsGood, GuessAnswer.Of(new Guess(Strategy.Processes, null, 4, null), Result).Verdict);

    [Fact]
    public void Of_OneWhoseIntervalOverlaps_IsAsGood()
    {
        var result = Of(Cell(Strategy.Threads, 2, 100, spread: 30), Cell(Strategy.Processes, 2, 120, spread: 30));

        Assert.Equal(GuessVerdict.AsGood, GuessAnswer.Of(new Guess(Strategy.Threads, null, null, null), result).Verdict);
    }

    [Fact]
    public void Of_WhatWasNotMeasured_IsUndecided() => Assert.Equal(GuessVerdict.Undecided, GuessAnswer.Of(new Guess(Strategy.Async, null, null, null), Result).Verdict);

    [Fact]
    public void Of_RuntimeByItsLanguage_IsTheInterpreterThatWasUsed()
    {
        var result = Of(Cell(Strategy.Threads, 2, 100, runtime: "python3.11"), Cell(Strategy.Processes, 2, 190, runtime: "python3.11"));

        Assert.Equal(GuessVerdict.Right, GuessAnswer.Of(new Guess(Strategy.Processes, "python", 2, null), result).Verdict);
        Assert.Equal(GuessVerdict.Undecided, GuessAnswer.Of(new Guess(Strategy.Processes, "dotnet", 2, null), result).Verdict);
    }

    [Fact]
    public void Of_SweptPayload_ComparesOnlyTheLast()
    {
        var result = Of(Cell(Strategy.Threads, 2, 9_000, payload: 0), Cell(Strategy.Processes, 2, 9_500, payload: 0), Cell(Strategy.Threads, 2, 50, payload: 65_536), Cell(Strategy.Processes, 2, 20, payload: 65_536));

        Assert.Equal(GuessVerdict.Right, GuessAnswer.Of(new Guess(Strategy.Threads, null, null, null), result).Verdict);
    }

    [Fact]
    public void Words_WholeGuess_ReadsAsASentence() =>
        Assert.Equal("processes with 2 workers in python, 1.9× as fast as one task after the other", GuessAnswer.Words(new Guess(Strategy.Processes, "python", 2, 1.9)));

    private static CellResult Cell(Strategy strategy, int workers, double rate, double? speedup = null, double spread = 1, int payload = 0, string runtime = "python") => new(
        new Cell(runtime, strategy, workers, null, null, null, payload, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)), 3,
        new CellFigures(rate, 1, 1, 1, 1, 1, 1), new CellInterval(rate - spread, rate + spread), speedup, speedup / workers);

    private static RunResult Of(params CellResult[] cells) => new()
    {
        Name = "guessed", Status = RunStatus.Completed, Seed = 1, Machine = Given.Machine, Trials = [], Cells = cells, Findings = [], Thresholds = [],
    };
}
