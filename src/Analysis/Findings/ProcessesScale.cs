using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Processes use several processors for work that computes.</summary>
internal sealed class ProcessesScale : IFinding
{
    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        if (!group.IsCpuBound)
            return null;
        var cells = group.Parallel(run.Cores, Strategy.Processes)
            .Where(cell => Scaling.Scales(cell) && !run.IsImplausible(cell))
            .ToArray();
        if (cells.Length == 0)
            return null;

        var cell = cells[0];
        var gil = cell.Runtime?.Gil == true ? ", because each process has an interpreter and a GIL of its own" : ", because the system runs each process on a processor of its own";
        var scale = Scaling.IsFaster(cell) ? "scale" : "seem to scale";
        var text = $"{run.Names.Runtime(group.Runtime)}'s processes {scale}{run.Where(group)}: {cell.Workers} processes did {Scaling.Factor(cell)} the work of one after the other{gil} "
            + $"(they used {Naming.Number(cell.CpuUtilisation)} of {run.Cores} processors).{Scaling.Caveat(cell)}";
        return new("processes-scale", Severity.Info, text, new()
        {
            ["cores"] = run.Cores,
            ["cpuShareOfOneWorker"] = Evidence.Figure(group.Class!.CpuShare),
            ["cells"] = Evidence.Cells(cells),
        });
    }
}
