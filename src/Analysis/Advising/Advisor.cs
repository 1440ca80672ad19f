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
        var evidence = EvidenceList.Of(run, pick);
        var because = string.Join(" ", Reasons.Sentences(run, picks, evidence, doubts));
        return new(work.Class!.Class, Confidence.Of(doubts), pick.Cell.Cell.Runtime, pick.Cell.Strategy, pick.Cell.Workers, because)
        {
            Cell = pick.Cell.Index,
            ThroughputPerSecond = pick.Cell.Throughput,
            Interval = pick.Cell.Result.Interval,
            NoDifference = pick.NoDifference,
            Cost = CostOf(pick.Cell),
            RunnerUp = pick.Next is { } next ? RunnerUpOf(run, pick.Cell, next) : null,
            Evidence = evidence,
        };
    }

    /// <summary>The cell to use out of cells that do the same work; null where none may be recommended.</summary>
    public static Pick? Choose(RunView run, IEnumerable<CellView> cells)
    {
        var measured = cells.Where(cell => cell.HasFigures && !run.IsImplausible(cell)).ToArray();
        var sound = measured.Where(cell => cell.ErrorRatio <= TolerableErrors).ToArray();
        var candidates = sound.Length > 0 ? sound : measured;
        var inside = candidates.Where(cell => !run.IsOut(cell)).ToArray();
        var field = inside.Length > 0 ? inside : candidates;
        if (field.Length == 0)
            return null;

        // Noise could make a cell win that cannot: one after the other does the same for less.
        var able = field.Where(cell => !run.HasOneProcessor(cell) || !candidates.Any(other => other.Strategy == Strategy.Sequential && run.GroupOf(other) == run.GroupOf(cell))).ToArray();
        able = able.Length > 0 ? able : candidates.Where(cell => cell.Strategy == Strategy.Sequential).ToArray();
        var most = field.MaxBy(run.Level)!;
        var best = able.MaxBy(run.Level)!;
        var same = able.Where(cell => run.IsAsGood(cell, best)).DefaultIfEmpty(best).ToArray();
        var cheapest = same
            .OrderBy(cell => cell.Workers)
            .ThenBy(Weight)
            .ThenBy(cell => cell.Result.Median.PeakMemoryBytes)
            .ThenBy(cell => cell.Result.Median.CpuUtilisation / cell.Throughput)
            .ThenBy(cell => cell.Index)
            .First();
        var next = candidates.Where(cell => cell != cheapest).MaxBy(cell => (run.IsOut(cell) ? 0 : 1, run.Level(cell)));
        var pick = run.IsAsGood(best, most) ? new Pick(cheapest, most, Unexplained: null) : new Pick(cheapest, best, most);
        return pick with { Next = next, NoDifference = next is not null && same.Contains(next) };
    }

    /// <summary>What a strategy takes from the system for the same number of workers.</summary>
    public static int Weight(CellView cell) => Price.Weight(cell.Strategy);

    private static RunnerUp? RunnerUpOf(RunView run, CellView cell, CellView next) => run.Against(cell, next) is not { } standing ? null : new(
        next.Index, next.Cell.Runtime, next.Strategy, next.Workers, next.Throughput, 1 - standing.Relative, 1 - standing.High, 1 - standing.Low, CostOf(next));

    private static AdviceCost CostOf(CellView cell) =>
        new(cell.Result.Median.PeakMemoryBytes, Crowding.CpuPerTask(cell) ?? 0, cell.Result.Median.StartupMs);
}

/// <summary>The cell to use, and the one with the highest throughput, which it is or is as good as.</summary>
/// <param name="Unexplained">A cell that did clearly more than the best, by noise: one processor cannot give its gain. Null where there is none.</param>
internal sealed record Pick(CellView Cell, CellView Best, CellView? Unexplained)
{
    /// <summary>The best of the others; null where there is none.</summary>
    public CellView? Next { get; init; }

    /// <summary>Whether <see cref="Next"/> does as much, so that the price decided.</summary>
    public bool NoDifference { get; init; }
}
