using Brigade.Analysis.Findings;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Advising;

/// <summary>How sure an advice is: 0.95 less what each doubt costs, and never below 0.1. A convention that ranks advice, not a probability.</summary>
internal static class Confidence
{
    private const double Most = 0.95;
    private const double Least = 0.1;

    public static double Of(IEnumerable<Doubt> doubts) => Math.Round(Math.Clamp(Most - doubts.Sum(doubt => doubt.Cost), Least, Most), 2);

    /// <summary>All doubts, the dearest first.</summary>
    public static IReadOnlyList<Doubt> Doubts(RunView run, Pick pick)
    {
        var work = run.GroupOf(pick.Cell);
        var doubts = new List<Doubt>(work.Class!.Doubts);
        if (run.Groups.Select(group => group.Class?.Class).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1)
            doubts.Add(new(0.15, "the class differs between runtimes or parameters"));
        if (pick.Cell.Completed.Count < FewRepetitions.Fewest)
            doubts.Add(new(pick.Cell.Completed.Count == 1 ? 0.3 : 0.2, $"it rests on {Naming.Count(pick.Cell.Completed.Count, "repetition")}"));
        if (Noise.Of(pick.Cell) is > Noise.Limit and var spread)
            doubts.Add(new(0.2, $"its repetitions differ by {Naming.Percent(spread)}"));
        if (run.OtherLoad is { } load)
            doubts.Add(new(0.1, load));
        if (run.Status is RunStatus.Cancelled or RunStatus.Failed or RunStatus.Lost)
            doubts.Add(new(0.1, "the run did not complete"));
        else if (run.Cells.Any(cell => cell.Completed.Count == 0 && run.Search is null))
            doubts.Add(new(0.1, "some cells have no figures"));
        if (new ChecksumMismatch().Find(run).Any(finding => finding.Severity == Severity.Error))
            doubts.Add(new(0.5, "the results of the tasks do not agree"));
        if (run.Search is not null && IsClose(run, pick))
            doubts.Add(new(0.15, "the budget did not tell it from the runner-up"));
        if (run.Cells.Any(run.IsImplausible))
            doubts.Add(new(0.1, "a cell was left out for an implausible speed-up"));
        return doubts.OrderByDescending(doubt => doubt.Cost).ToArray();
    }

    /// <summary>Whether noise could hide that the runner-up does more, by more than what matters.</summary>
    private static bool IsClose(RunView run, Pick pick) =>
        pick.Next is { } next && !run.IsOut(next) && run.Against(pick.Cell, next) is { } standing && standing.High > 1 + run.Search!.Difference;
}
