using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Threads use several processors for work that computes: the runtime has no global lock, or the work lets go of it.</summary>
internal sealed class ThreadsScale : IFinding
{
    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        if (!group.IsCpuBound)
            return null;
        var cells = group.Parallel(run.Cores, Strategy.Threads, Strategy.Pool)
            .Where(cell => cell.Result.Speedup >= GilThreads.NoScaling && !run.IsImplausible(cell))
            .ToArray();
        if (cells.Length == 0)
            return null;

        var cell = cells[0];
        var runtime = run.Names.Runtime(group.Runtime);
        var workers = cell.Strategy == Strategy.Threads ? $"{cell.Workers} threads" : $"a pool of {cell.Workers} threads";
        var reason = cell.Runtime?.Gil switch
        {
            true => "although there is a GIL, because this work lets go of it while it runs native code",
            false => "because this interpreter runs without a GIL",
            null => "because no lock keeps them from running at the same time",
        };
        var text = $"{runtime}'s threads scale here: {workers} did {Naming.Times(cell.Result.Speedup!.Value)} the work of one, {reason} "
            + $"(they used {Naming.Number(cell.Result.Median.CpuUtilisation)} of {run.Cores} processors).";
        var evidence = new System.Text.Json.Nodes.JsonObject
        {
            ["cores"] = run.Cores,
            ["cpuShareOfOneWorker"] = Evidence.Figure(group.Class!.CpuShare),
            ["cells"] = Evidence.Cells(cells),
        };
        if (cell.Runtime?.Gil is { } gil)
            evidence["gil"] = gil;
        return new("threads-scale", Severity.Info, text, evidence);
    }
}
