using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Workers that changed a shared value without agreeing on turns: the result is wrong.</summary>
internal sealed class LostUpdates : IFinding
{
    /// <summary>The figure that kernels report.</summary>
    public const string Figure = "lostUpdates";

    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells
            .Select(cell => (Cell: cell, Lost: cell.Ended.Select(row => row.Figures.GetValueOrDefault(Figure)).DefaultIfEmpty().Max()))
            .Where(pair => pair.Lost > 0)
            .OrderByDescending(pair => pair.Lost)
            .ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, lost) = cells[0];
        var text = $"The result is wrong: {Naming.Number(lost)} {(lost == 1 ? "update" : "updates")} got lost in {run.Describe(cell)}. Two workers read the same value, both add to it, and the second one writes over what the first wrote (a race). "
            + $"A lock, an atomic operation, or a value for each worker that is merged at the end makes it right.{(cells.Length > 1 ? $" {Naming.Sentence(Naming.Count(cells.Length - 1, "other cell"))} lost updates too." : "")}";
        yield return new("lost-updates", Severity.Warning, text, new() { [Figure] = Evidence.Figure(lost), ["count"] = cells.Length, ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)) });
    }
}
