using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Advising;

/// <summary>Recommends for an open load, whose throughput is given: among the cells that keep up, the lowest latency at the 99th percentile that is no noise, and of those the cheapest; where none keeps up, the one that did most.</summary>
internal static class OpenLoadAdvisor
{
    /// <summary>Latencies this near to the best count as the same.</summary>
    private const double SameWithin = 0.25;
    private const double SameWithinMs = 0.5;

    /// <summary>The advice of a run; null where fewer than two cells have figures.</summary>
    public static Advice? Advise(RunView run)
    {
        var measured = run.OpenLoads().Where(pair => pair.Cell.HasFigures && run.GroupOf(pair.Cell).Class is not null).ToArray();
        if (measured.Length < 2)
            return null;

        var sound = measured.Where(pair => pair.Cell.ErrorRatio <= Advisor.TolerableErrors).ToArray();
        var candidates = sound.Length > 0 ? sound : measured;
        var able = candidates.Where(pair => pair.Load.KeepsUp).ToArray();
        return able.Length > 0 ? OfThoseThatKeepUp(run, able) : OfThoseThatDoNot(run, candidates);
    }

    private static Advice OfThoseThatKeepUp(RunView run, IReadOnlyList<(CellView Cell, OpenLoad Load)> able)
    {
        var best = able.Min(pair => pair.Load.ResponseP99Ms);
        var (cell, load) = able
            .Where(pair => pair.Load.ResponseP99Ms <= Math.Max(best * (1 + SameWithin), best + SameWithinMs))
            .OrderBy(pair => pair.Cell.Workers)
            .ThenBy(pair => Advisor.Weight(pair.Cell))
            .ThenBy(pair => pair.Cell.Result.Median.PeakMemoryBytes)
            .ThenBy(pair => pair.Cell.Index)
            .First();
        return Of(run, cell, $"{run.Describe(cell)} keeps up with {Naming.Number(load.OfferedPerSecond)} arrivals a second, and 99 of 100 have their result within {Naming.Milliseconds(load.ResponseP99Ms)} of arriving; "
            + $"{(load.ResponseP99Ms <= best ? "none is quicker" : $"the quickest needs {Naming.Milliseconds(best)}, which is about the same and takes more")}. Its workers are in tasks for {Naming.Percent(load.Busy)} of the time.");
    }

    private static Advice OfThoseThatDoNot(RunView run, IReadOnlyList<(CellView Cell, OpenLoad Load)> cells)
    {
        var (cell, load) = cells.MaxBy(pair => pair.Load.AchievedPerSecond);
        return Of(run, cell, $"No cell keeps up with {Naming.Number(load.OfferedPerSecond)} arrivals a second. {run.Describe(cell)} comes nearest with {Naming.Number(load.AchievedPerSecond)} a second: try more workers, or a lower rate.");
    }

    private static Advice Of(RunView run, CellView cell, string because)
    {
        var doubts = Confidence.Doubts(run, new Pick(cell, cell, Unexplained: null));
        var uncertain = doubts.Count == 0 ? "" : $" Less certain because {Naming.List(doubts.Take(2).Select(doubt => doubt.Reason).ToArray())}.";
        return new(run.GroupOf(cell).Class!.Class, Confidence.Of(doubts), cell.Cell.Runtime, cell.Strategy, cell.Workers, Naming.Sentence(because) + uncertain);
    }
}
