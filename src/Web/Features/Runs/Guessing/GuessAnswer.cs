using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Runs.Guessing;

public enum GuessVerdict
{
    /// <summary>It won.</summary>
    Right,

    /// <summary>It did not win, and no difference was measured that matters.</summary>
    AsGood,

    /// <summary>Something else won.</summary>
    Wrong,

    /// <summary>Too little was measured to tell.</summary>
    Undecided,
}

/// <summary>How a guess compares with what was measured.</summary>
/// <param name="Text">Who won, in a sentence.</param>
/// <param name="Factor">What was guessed and measured about how much faster; empty where nothing was guessed.</param>
public sealed record GuessAnswer(GuessVerdict Verdict, string Text, string Factor)
{
    /// <summary>Differences below this matter to nobody.</summary>
    private const double Floor = 0.03;

    /// <summary>A factor within this of the measured one was well guessed.</summary>
    private const double Near = 0.25;

    /// <summary>
    /// The cell with the highest median throughput wins. Where intervals overlap, or the difference is below 3 %, a guess is as good as the winner. Where parameters or payloads are swept, cells do unlike work:
    /// those of the last combination count.
    /// </summary>
    public static GuessAnswer Of(Guess guess, RunResult result)
    {
        ArgumentNullException.ThrowIfNull(guess);
        ArgumentNullException.ThrowIfNull(result);
        var cells = Comparable(result.Cells);
        var mine = cells.Where(cell => Matches(guess, cell, result.Machine)).ToList();
        if (cells.Count == 0 || mine.Count == 0)
            return new GuessAnswer(GuessVerdict.Undecided, "What was guessed was not measured: no trial of it completed.", "");
        var winner = cells.MaxBy(cell => cell.Median.ThroughputPerSecond)!;
        var best = mine.MaxBy(cell => cell.Median.ThroughputPerSecond)!;
        var factor = FactorOf(guess, best);
        if (ReferenceEquals(winner, best))
            return new GuessAnswer(GuessVerdict.Right, $"{Name(winner)} won with {Numbers.Rate(winner.Median.ThroughputPerSecond)}{SpeedupOf(winner)}.", factor);
        var lead = (winner.Median.ThroughputPerSecond / best.Median.ThroughputPerSecond) - 1;
        var isClose = lead < Floor || (winner.Completed > 1 && best.Completed > 1 && best.Interval.High >= winner.Interval.Low);
        return isClose
            ? new GuessAnswer(GuessVerdict.AsGood, $"{Name(winner)} was ahead by {Numbers.Percent(lead)}, which is no difference that matters here.", factor)
            : new GuessAnswer(
                GuessVerdict.Wrong,
                $"{Name(winner)} won with {Numbers.Rate(winner.Median.ThroughputPerSecond)}{SpeedupOf(winner)}: {Numbers.Times(lead + 1)} as many tasks a second as {Name(best)}, with {Numbers.Rate(best.Median.ThroughputPerSecond)}.",
                factor);
    }

    /// <summary>A guess in words, for example <c>processes with 2 workers in python, 1.9× as fast as one after the other</c>.</summary>
    public static string Words(Guess guess)
    {
        ArgumentNullException.ThrowIfNull(guess);
        return Components.Formatting.Words.Of(guess.Strategy)
            + (guess.Workers is { } workers && guess.Strategy != Strategy.Sequential ? $" with {Numbers.Count(workers, "worker")}" : "")
            + (guess.Runtime is { } runtime ? $" in {runtime}" : "")
            + (guess.Speedup is { } speedup ? $", {Numbers.Times(speedup)} as fast as one task after the other" : "");
    }

    private static List<CellResult> Comparable(IReadOnlyList<CellResult> cells)
    {
        var measured = cells.Where(cell => cell.Completed > 0 && cell.Median.ThroughputPerSecond > 0).ToList();
        if (measured.Count == 0)
            return [];
        var last = Work(measured[^1]);
        return measured.FindAll(cell => string.Equals(Work(cell), last, StringComparison.Ordinal));
    }

    private static string Work(CellResult cell) => $"{cell.Cell.PayloadBytes} {string.Join(' ', cell.Cell.Params.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))}";

    // A result names the interpreter that was used, python3.11, where the spec and the guess say python.
    private static bool Matches(Guess guess, CellResult cell, Machine machine) => cell.Cell.Strategy == guess.Strategy
        && (guess.Runtime is null || string.Equals(cell.Cell.Runtime, guess.Runtime, StringComparison.Ordinal)
            || machine.Runtimes.Any(runtime => runtime.IsDefault && string.Equals(runtime.Language, guess.Runtime, StringComparison.Ordinal) && string.Equals(runtime.Id, cell.Cell.Runtime, StringComparison.Ordinal)))
        && (guess.Workers is null || guess.Strategy == Strategy.Sequential || cell.Cell.Workers == guess.Workers);

    private static string Name(CellResult cell) => Components.Formatting.Words.Of(cell.Cell);

    private static string SpeedupOf(CellResult cell) => cell.Speedup is { } speedup && cell.Cell.Strategy != Strategy.Sequential ? $", {Numbers.Times(speedup)} as fast as one task after the other" : "";

    private static string FactorOf(Guess guess, CellResult mine)
    {
        if (guess.Speedup is not { } guessed)
            return "";
        if (mine.Speedup is not { } measured)
            return "How much faster it is than one task after the other was not measured: that takes the strategy 'sequential'.";
        var word = Math.Abs(guessed - measured) <= Near * measured ? "close to what was guessed" : guessed > measured ? "less than guessed" : "more than guessed";
        return $"{Name(mine)} was {Numbers.Times(measured)} as fast as one task after the other; the guess was {Numbers.Times(guessed)}: {word}.";
    }
}
