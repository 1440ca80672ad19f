using System.Text.Json.Nodes;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Trials that failed or ran out of time, by their reason.</summary>
internal sealed class TrialsFailed : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        var ended = run.Cells.Sum(cell => cell.Ended.Count);
        var failed = run.Cells
            .SelectMany(cell => cell.Ended, (cell, row) => (Cell: cell, Row: row))
            .Where(pair => pair.Row.Status is TrialStatus.Failed or TrialStatus.TimedOut)
            .ToArray();
        if (failed.Length == 0)
            yield break;

        var reasons = failed.GroupBy(pair => Reason(pair.Row), StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Min(pair => pair.Row.Index)).ToArray();
        var text = $"{failed.Length} of {Naming.Count(ended, "trial")} failed. " + string.Join(" ", reasons.Take(3).Select(reason => $"{Naming.Sentence(Where(run, reason))}: {Sentence(reason.Key)}"));
        if (reasons.Length > 3)
            text += $" {reasons.Length - 3} more reasons are with the trials.";
        yield return new("trials-failed", Severity.Error, text, new()
        {
            ["failed"] = failed.Length,
            ["ended"] = ended,
            ["reasons"] = new JsonArray(reasons.Take(Evidence.MaximumCells).Select(reason => (JsonNode)new JsonObject
            {
                ["reason"] = reason.Key,
                ["trials"] = new JsonArray(reason.Select(pair => (JsonNode)pair.Row.Index).ToArray()),
            }).ToArray()),
        });
    }

    private static string Reason(TrialRow row) =>
        row.Failure.Length > 0 ? row.Failure : row.Status == TrialStatus.TimedOut ? "it ran longer than the trial's time-out" : "no reason was recorded";

    private static string Where(RunView run, IEnumerable<(CellView Cell, TrialRow Row)> trials)
    {
        var cells = trials.Select(pair => pair.Cell).DistinctBy(cell => cell.Index).ToArray();
        var named = cells.Take(3).Select(cell => run.Describe(cell));
        return Naming.List(cells.Length > 3 ? [.. named, Naming.Count(cells.Length - 3, "more cell")] : named.ToArray());
    }

    private static string Sentence(string reason) => reason.TrimEnd() is var text && text.EndsWith('.') ? text : text + ".";
}
