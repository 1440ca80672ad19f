using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Workers that wait for each other in a circle.</summary>
internal sealed class Deadlock : IFinding
{
    /// <summary>How the failure of such a trial begins, as hosts write it.</summary>
    private const string Mark = "deadlock:";

    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells
            .Select(cell => (Cell: cell, Row: cell.Ended.FirstOrDefault(row => row.Failure.StartsWith(Mark, StringComparison.OrdinalIgnoreCase))))
            .Where(pair => pair.Row is not null)
            .ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, row) = cells[0];
        var what = What(row!.Failure[Mark.Length..]);
        var text = $"The workers of {run.Describe(cell)} locked each other out{(what.Length > 0 ? $": {what}" : "")}. Each holds what another one waits for, so that none ever goes on. "
            + "Take locks in the same order everywhere, or give up after a while and try again. The stacks of the workers are with the trial.";
        yield return new("deadlock", Severity.Error, text, new() { ["trial"] = row!.Index, ["count"] = cells.Length, ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)) });
    }

    /// <summary>The failure without where the stacks are, which the finding says itself.</summary>
    private static string What(string failure)
    {
        var stacks = failure.IndexOf("their stacks", StringComparison.Ordinal);
        var what = (stacks < 0 ? failure : failure[..stacks]).Trim().TrimEnd('.', ',', ';', ' ');
        return what.EndsWith(" and", StringComparison.Ordinal) ? what[..^" and".Length].TrimEnd(',', ' ') : what;
    }
}
