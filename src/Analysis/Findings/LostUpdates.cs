using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Workers that changed a shared value without agreeing on turns: the result is wrong.</summary>
internal sealed class LostUpdates : IFinding
{
    /// <summary>The figure that kernels report.</summary>
    public const string Figure = "lostUpdates";

    /// <summary>What the value would be if none got lost, where a kernel says so.</summary>
    private const string Expected = "expected";

    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells
            .Select(cell => (Cell: cell, Row: cell.Ended.MaxBy(row => row.Figures.GetValueOrDefault(Figure))))
            .Select(pair => (pair.Cell, Lost: pair.Row?.Figures.GetValueOrDefault(Figure) ?? 0, All: pair.Row?.Figures.GetValueOrDefault(Expected) ?? 0))
            .Where(pair => pair.Lost > 0)
            .OrderByDescending(pair => pair.Lost)
            .ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, lost, all) = cells[0];
        var text = $"The result is wrong: {Naming.Number(lost)}{(all > 0 ? $" of {Naming.Number(all)}" : "")} {(lost == 1 && all <= 1 ? "update" : "updates")} got lost in {run.Describe(cell)}. Two workers read the same value, both add to it, and the second one writes over what the first wrote (a race). "
            + $"A lock, an atomic operation, or a value for each worker that is merged at the end makes it right.{(cells.Length > 1 ? $" {Naming.Sentence(Naming.Count(cells.Length - 1, "other cell"))} lost updates too." : "")}";
        yield return new("lost-updates", Severity.Warning, text, new() { [Figure] = Evidence.Figure(lost), ["count"] = cells.Length, ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)) });
    }
}
