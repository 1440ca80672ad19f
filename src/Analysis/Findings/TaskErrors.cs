using System.Text.Json.Nodes;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Tasks that ended with an error, or were handed out and never came back.</summary>
internal sealed class TaskErrors : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        var rows = run.Cells.SelectMany(cell => cell.Ended).ToArray();
        var (tasks, errors, lost) = (rows.Sum(row => row.Tasks), rows.Sum(row => row.Errors), rows.Sum(row => row.Lost));
        if (errors == 0 && lost == 0)
            yield break;

        var first = rows.OrderBy(row => row.Index).SelectMany(row => row.TaskErrors).Select(error => error.Message.Trim()).FirstOrDefault(message => message.Length > 0);
        var parts = new List<string>();
        if (errors > 0)
            parts.Add($"{Naming.Number(errors)} of {Naming.Count(tasks, "task")} ended with an error ({Naming.Percent(tasks > 0 ? (double)errors / tasks : 0)})");
        if (lost > 0)
            parts.Add($"{Naming.Count(lost, "task")} never came back");
        var text = $"{Naming.Sentence(Naming.List(parts))}. Throughput counts only tasks that ended without error.{(first is null ? "" : $" The first error: {first}")}";
        var cells = run.Cells.Where(cell => cell.Ended.Any(row => row.Errors > 0 || row.Lost > 0)).ToArray();
        yield return new("errors", errors == tasks && tasks > 0 ? Severity.Error : Severity.Warning, text, new()
        {
            ["tasks"] = tasks,
            ["errors"] = errors,
            ["lost"] = lost,
            ["firstMessage"] = first ?? "",
            ["cells"] = new JsonArray(cells.Take(Evidence.MaximumCells).Select(cell => (JsonNode)cell.Index).ToArray()),
        });
    }
}
