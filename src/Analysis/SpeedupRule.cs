using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis;

/// <summary>Speed-up against doing the same work one after the other, and efficiency, as <see cref="CellResult"/> documents them.</summary>
internal static class SpeedupRule
{
    /// <summary>The cells with their speed-ups, in the same order, each beside the cell that it is compared with; null where there is none.</summary>
    public static IReadOnlyList<(CellResult Cell, CellResult? Baseline)> Apply(IReadOnlyList<CellResult> cells)
    {
        var measured = cells.Where(cell => cell.Completed > 0 && cell.Median.ThroughputPerSecond > 0).ToLookup(cell => WorkOf(cell.Cell));
        return cells.Select(cell =>
        {
            if (cell.Completed == 0 || Baseline(cell.Cell, measured[WorkOf(cell.Cell)]) is not { } baseline)
                return (cell, null);
            var speedup = cell.Median.ThroughputPerSecond / baseline.Median.ThroughputPerSecond;
            return (cell with { Speedup = speedup, Efficiency = speedup / Math.Max(1, cell.Cell.Workers) }, (CellResult?)baseline);
        }).ToArray();
    }

    /// <summary>The sequential cell, with the same payload where there is one; else the same cell with one worker; else null.</summary>
    private static CellResult? Baseline(Cell cell, IEnumerable<CellResult> sameWork) =>
        sameWork
            .Where(other => other.Cell.Strategy == Strategy.Sequential)
            .OrderBy(other => Math.Abs(other.Cell.PayloadBytes - cell.PayloadBytes))
            .FirstOrDefault()
        ?? sameWork.FirstOrDefault(other => other.Cell with { Params = cell.Params } == cell with { Workers = 1 });

    private static (string Runtime, string Parameters) WorkOf(Cell cell) => (cell.Runtime, Naming.Parameters(cell.Params));
}
