using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>The quota of a container stopped the trials now and then.</summary>
internal sealed class Throttled : IFinding
{
    /// <summary>From this share of the measured time on.</summary>
    private const double Noticeable = 0.01;

    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells
            .Select(cell => (Cell: cell, Share: cell.Completed.Where(row => row.WallMs > 0).Select(row => (row.ThrottledMs ?? 0) / row.WallMs).DefaultIfEmpty().Max()))
            .Where(pair => pair.Share > Noticeable)
            .OrderByDescending(pair => pair.Share)
            .ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, share) = cells[0];
        var limit = run.Machine.ProcessorLimit is { } processors ? $" of {Naming.Number(processors)} processors" : "";
        var text = $"The container's quota{limit} kept {run.Describe(cell)} from running for {Naming.Percent(share)} of its time. The processor was not slower, it was taken away for moments: "
            + "that shows in the high percentiles first. Raise the quota, or use fewer workers than it has processors.";
        yield return new("throttled", Severity.Warning, text, new() { ["share"] = Evidence.Figure(share), ["count"] = cells.Length, ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)) });
    }
}
