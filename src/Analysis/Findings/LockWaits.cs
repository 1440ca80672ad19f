using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Threads that wait for each other, where no GIL explains it.</summary>
internal sealed class LockWaits : IFinding
{
    /// <summary>From this share of the workers' time on it is told.</summary>
    private const double Notable = 0.3;

    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        var cells = group.Cells
            .Where(cell => cell is { Strategy: Strategy.Threads or Strategy.Pool, HasFigures: true, Runtime.Gil: not true } && cell.ShareOf(CostKind.LockWait) >= Notable)
            .OrderByDescending(cell => cell.ShareOf(CostKind.LockWait))
            .ToArray();
        if (cells.Length == 0)
            return null;

        var cell = cells[0];
        var text = $"Workers wait for each other for {Naming.Percent(cell.ShareOf(CostKind.LockWait))} of their time in {run.Describe(cell)}: a task that runs alone has no such waits. "
            + "They want the same lock, connection or other thing that one at a time may use; tasks that share less, or hold it for less time, wait less.";
        return new("lock-waits", Severity.Warning, text, new()
        {
            ["lockWaitShare"] = Evidence.Figure(cell.ShareOf(CostKind.LockWait)),
            ["workShare"] = Evidence.Figure(cell.ShareOf(CostKind.Work)),
            ["cells"] = Evidence.Cells(cells),
        });
    }
}
