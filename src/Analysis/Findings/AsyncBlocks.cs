using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Async does not help work that computes: a task that never waits never lets the next one on.</summary>
internal sealed class AsyncBlocks : IFinding
{
    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        if (!group.IsCpuBound)
            return null;
        var cells = group.Parallel(run.Cores, Strategy.Async).Where(cell => Scaling.DoesNotScale(cell) && !run.IsImplausible(cell)).ToArray();
        if (cells.Length == 0)
            return null;

        var cell = cells[0];
        var text = $"Async does not speed up {run.Names.Runtime(group.Runtime)} here{run.Where(group)}: {cell.Workers} tasks in flight did {Scaling.Factor(cell)} the work of one after the other. "
            + "One thread runs them all, and a task that computes gives it up only when it is done." + Scaling.NoGain(cell);
        return new("async-blocks", Severity.Info, text, new()
        {
            ["cpuShareOfOneWorker"] = Evidence.Figure(group.Class!.CpuShare),
            ["cells"] = Evidence.Cells(cells),
        });
    }
}
