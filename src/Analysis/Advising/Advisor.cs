using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Advising;

/// <summary>
/// Recommends runtime, strategy and workers: the highest throughput that is no noise; among cells that cannot be told apart from it, the cheapest.
/// Where parameters are swept the recommendation is for the longest tasks, and others are mentioned where they differ.
/// </summary>
internal static class Advisor
{
    /// <summary>A cell where more of the tasks fail is not recommended while another has fewer errors.</summary>
    public const double TolerableErrors = 0.01;

    /// <summary>The advice of a run; null where fewer than two cells have figures.</summary>
    public static Advice? Advise(RunView run)
    {
        if (run.Cells.Count(cell => cell.HasFigures) < 2)
            return null;
        var picks = run.Groups
            .GroupBy(group => group.Parameters, StringComparer.Ordinal)
            .OrderByDescending(groups => groups.Max(group => group.Class?.TaskMs ?? 0))
            .Select(groups => Choose(run, groups.SelectMany(group => group.Cells)))
            .OfType<Pick>()
            .ToArray();
        if (picks.Length == 0)
            return null;

        var pick = picks[0];
        var work = run.GroupOf(pick.Cell);
        var doubts = Confidence.Doubts(run, pick);
        var because = string.Join(" ", Reasons.Sentences(run, picks, doubts));
        return new(work.Class!.Class, Confidence.Of(doubts), pick.Cell.Cell.Runtime, pick.Cell.Strategy, pick.Cell.Workers, because);
    }

    /// <summary>The cell to use out of cells that do the same work; null where none may be recommended.</summary>
    public static Pick? Choose(RunView run, IEnumerable<CellView> cells)
    {
        var measured = cells.Where(cell => cell.HasFigures && !run.IsImplausible(cell)).ToArray();
        var sound = measured.Where(cell => cell.ErrorRatio <= TolerableErrors).ToArray();
        var candidates = sound.Length > 0 ? sound : measured;
        if (candidates.Length == 0)
            return null;

        // Noise could make a cell win that cannot: one after the other does the same for less.
        var able = candidates.Where(cell => !run.HasOneProcessor(cell) || !candidates.Any(other => other.Strategy == Strategy.Sequential && run.GroupOf(other) == run.GroupOf(cell))).ToArray();
        var most = candidates.MaxBy(cell => cell.Throughput)!;
        var best = able.MaxBy(cell => cell.Throughput)!;
        var cheapest = able
            .Where(cell => cell.IsAsGoodAs(best))
            .OrderBy(cell => cell.Workers)
            .ThenBy(Weight)
            .ThenBy(cell => cell.Result.Median.PeakMemoryBytes)
            .ThenBy(cell => cell.Result.Median.CpuUtilisation / cell.Throughput)
            .ThenBy(cell => cell.Index)
            .First();
        return best.IsAsGoodAs(most) ? new(cheapest, most, Unexplained: null) : new(cheapest, best, most);
    }

    /// <summary>What a strategy takes from the system for the same number of workers: one thread, threads, processes, a process each time.</summary>
    public static int Weight(CellView cell) => cell.Strategy switch
    {
        Strategy.Sequential or Strategy.Async => 0,
        Strategy.Threads or Strategy.Pool => 1,
        Strategy.Processes => 2,
        _ => 3,
    };
}

/// <summary>The cell to use, and the one with the highest throughput, which it is or is as good as.</summary>
/// <param name="Unexplained">A cell that did clearly more than the best, by noise: one processor cannot give its gain. Null where there is none.</param>
internal sealed record Pick(CellView Cell, CellView Best, CellView? Unexplained);
