using Brigade.Analysis.Statistics;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Throughput that changed within the trials, in the same direction in each repetition: not chance, but warming up, filling up or throttling.</summary>
internal sealed class Unsteady : IFinding
{
    private const double Noticeable = 0.15;

    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells
            .Select(cell => (Cell: cell, Drifts: cell.Completed.Select(row => row.Drift).OfType<double>().ToArray()))
            .Where(pair => pair.Drifts.Length >= 2 && (pair.Drifts.All(drift => drift >= Noticeable) || pair.Drifts.All(drift => drift <= -Noticeable)))
            .Select(pair => (pair.Cell, Drift: Median.Of(pair.Drifts)))
            .OrderByDescending(pair => Math.Abs(pair.Drift))
            .ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, drift) = cells[0];
        var why = drift > 0 ? "it was still warming up: a longer warm-up leaves that out" : "something ran full or was slowed down: memory, a cache, a disk, or the processor's temperature";
        var text = $"The throughput of {run.Describe(cell)} {(drift > 0 ? "rose" : "fell")} by {Naming.Percent(Math.Abs(drift))} from the first third of its trials to the last, in each repetition. So {why}.";
        yield return new("unsteady", Severity.Info, text, new() { ["drift"] = Evidence.Figure(drift), ["count"] = cells.Length, ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)) });
    }
}
