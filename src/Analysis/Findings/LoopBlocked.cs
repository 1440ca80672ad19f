using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>A task that kept an event loop to itself, so that all others stood still.</summary>
internal sealed class LoopBlocked : IFinding
{
    /// <summary>The figure that hosts report, in milliseconds.</summary>
    public const string Figure = "longestLoopBlockMs";

    private const double NoticeableMs = 50;

    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells
            .Where(cell => cell.Strategy == Strategy.Async && cell.Workers > 1)
            .Select(cell => (Cell: cell, Ms: cell.Ended.Select(row => row.Figures.GetValueOrDefault(Figure)).DefaultIfEmpty().Max()))
            .Where(pair => pair.Ms >= NoticeableMs)
            .OrderByDescending(pair => pair.Ms)
            .ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, ms) = cells[0];
        var text = $"A task kept the event loop to itself for {Naming.Milliseconds(ms)} in {run.Describe(cell)}: meanwhile none of the others could go on, not even one whose answer had come. "
            + "Async is cooperative: await what waits (an asynchronous sleep or client instead of a blocking one), and give what computes to a thread or a process.";
        yield return new("loop-blocked", Severity.Warning, text, new() { [Figure] = Evidence.Figure(ms), ["count"] = cells.Length, ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)) });
    }
}
