using Brigade.Analysis.Statistics;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Advising;

/// <summary>
/// Whether workers that each have a processor slow each other down: the processor time of a task grows with the workers beside it. What they then wait for is no lock (a waiting
/// thread takes no processor time) but what processors share: the memory, caches, or the parts of one core.
/// </summary>
/// <param name="Cell">The cell that shows it.</param>
/// <param name="Growth">Processor time of a task beside others over that of a task alone.</param>
internal sealed record Crowding(CellView Cell, double Growth)
{
    /// <summary>From this growth on work counts as bound by the memory.</summary>
    public const double Matters = 1.35;

    /// <summary>Other work takes caches and cores away as well: with more of it, in processors, nothing is said.</summary>
    private const double MostOtherLoad = 0.25;

    /// <summary>The cell with the least growth of those whose workers had a processor each; null where none is sound enough to tell.</summary>
    /// <param name="source">The cell with one worker.</param>
    public static Crowding? Of(IReadOnlyList<CellView> cells, CellView source)
    {
        if (source.Workers != 1 || CpuPerTask(source) is not { } alone)
            return null;
        return cells
            .Where(cell => cell.Workers >= 2 && cell.HasFigures && cell.Strategy is Strategy.Processes or Strategy.Threads or Strategy.Pool)
            .Where(cell => cell.CpuUtilisation >= 0.85 * cell.Workers && cell.Result.Speedup < 0.75 * cell.Workers)
            .Where(cell => cell.Completed.Count >= 2 && cell.Completed.All(IsQuiet))
            .Select(cell => (cell, Cpu: CpuPerTask(cell)))
            .Where(pair => pair.Cpu is not null)
            .Select(pair => new Crowding(pair.cell, pair.Cpu!.Value / alone))
            .MinBy(crowding => crowding.Growth);
    }

    /// <summary>Processor time of a task in milliseconds; null where it was not measured.</summary>
    public static double? CpuPerTask(CellView cell) =>
        cell.Completed.Where(row => row.Tasks > 0 && row.CpuUserMs + row.CpuSystemMs > 0).Select(row => (row.CpuUserMs + row.CpuSystemMs) / row.Tasks).ToArray() is { Length: > 0 } each ? Median.Of(each) : null;

    private static bool IsQuiet(TrialRow row) => (row.OtherLoad ?? 0) <= MostOtherLoad;
}
