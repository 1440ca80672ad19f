using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Advising;

/// <summary>
/// Recommends runtime, strategy and workers: the highest throughput; among cells that cannot be told apart from it, the cheapest.
/// Where parameters are swept the recommendation is for the longest tasks, and others are mentioned where they differ.
/// </summary>
internal static class Advisor
{
    /// <summary>Throughputs this near to the best count as the same.</summary>
    public const double SameWithin = 0.03;

    /// <summary>With few or noisy repetitions intervals overlap widely: a cell further behind than this is not as good, overlap or not.</summary>
    public const double OverlapWithin = 0.10;

    /// <summary>A cell where more of the tasks fail is not recommended while another has fewer errors.</summary>
    private const double TolerableErrors = 0.01;

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

        var best = candidates.MaxBy(cell => cell.Throughput)!;
        var cheapest = candidates
            .Where(cell => IsAsGood(cell, best))
            .OrderBy(cell => cell.Workers)
            .ThenBy(Weight)
            .ThenBy(cell => cell.Result.Median.PeakMemoryBytes)
            .ThenBy(cell => cell.Result.Median.CpuUtilisation / cell.Throughput)
            .ThenBy(cell => cell.Index)
            .First();
        return new(cheapest, best);
    }

    private static bool IsAsGood(CellView cell, CellView best)
    {
        var share = cell.Throughput / best.Throughput;
        return share >= 1 - SameWithin || (share >= 1 - OverlapWithin && cell.Overlaps(best));
    }

    /// <summary>What a strategy takes from the system for the same number of workers: one thread, threads, processes, a process each time.</summary>
    private static int Weight(CellView cell) => cell.Strategy switch
    {
        Strategy.Sequential or Strategy.Async => 0,
        Strategy.Threads or Strategy.Pool => 1,
        Strategy.Processes => 2,
        _ => 3,
    };
}

/// <summary>The cell to use, and the one with the highest throughput, which it is or is as good as.</summary>
internal sealed record Pick(CellView Cell, CellView Best);
