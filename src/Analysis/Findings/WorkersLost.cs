using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Workers that ended in the middle of a trial, what went with them, and what did not.</summary>
internal sealed class WorkersLost : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells.Select(cell => (Cell: cell, Rows: cell.Ended.Where(row => row.Replaced > 0).ToArray())).Where(pair => pair.Rows.Length > 0).ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, rows) = cells[0];
        var row = rows[0];
        var isWanted = run.Spec.Faults.Any(fault => fault.Kind == FaultKind.Crash);
        var text = $"A process's crash stays inside: {run.Describe(cell)} lost {Naming.Count(row.Replaced, "worker")} and {Naming.Count(row.Lost, "task")} with {(row.Replaced == 1 ? "it" : "them")}, "
            + $"took {Naming.Milliseconds(row.RecoveryMs ?? 0)} to recover, and ended {Naming.Count(row.Tasks, "other task")}.{Together(run, isWanted)}{(isWanted ? "" : " Nobody asked for it: look at what ended the process.")}";
        yield return new("workers-lost", isWanted ? Severity.Info : Severity.Warning, text, new()
        {
            ["replaced"] = cells.Sum(pair => pair.Rows.Sum(each => each.Replaced)),
            ["lost"] = cells.Sum(pair => pair.Rows.Sum(each => each.Lost)),
            ["recoveryMs"] = Evidence.Figure(rows.Max(each => each.RecoveryMs ?? 0)),
            ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)),
        });
    }

    /// <summary>The same crash where workers share one process.</summary>
    private static string Together(RunView run, bool isWanted)
    {
        var fell = run.Cells.Where(cell => cell.Strategy is not (Strategy.Processes or Strategy.ProcessPerTask) && cell.Ended.Count > 0 && cell.Ended.All(row => row.Status == TrialStatus.Failed)).ToArray();
        return isWanted && fell.Length > 0 ? $" In {run.Describe(fell[0])} the same crash took the whole process, and all that was in it." : "";
    }
}
