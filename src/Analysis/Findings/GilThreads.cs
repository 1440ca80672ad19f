using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Threads of a runtime with a global interpreter lock do not scale for work that computes: they share one processor's worth of time.</summary>
internal sealed class GilThreads : IFinding
{
    /// <summary>Below this, more workers did not pay.</summary>
    public const double NoScaling = 1.3;

    /// <summary>Up to this many processors in use count as one.</summary>
    private const double OneProcessor = 1.25;

    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        if (!group.IsCpuBound || run.Cores < 2)
            return null;
        var cells = group.Parallel(run.Cores, Strategy.Threads, Strategy.Pool)
            .Where(cell => cell.Runtime?.Gil == true && cell.Result.Speedup < NoScaling && cell.Result.Median.CpuUtilisation <= OneProcessor)
            .ToArray();
        if (cells.Length == 0)
            return null;

        var cell = cells[0];
        var used = cell.Result.Median.CpuUtilisation;
        var workers = cell.Strategy == Strategy.Threads ? $"{cell.Workers} threads" : $"a pool of {cell.Workers} threads";
        var text = $"{run.Names.Runtime(group.Runtime)}'s threads do not scale here: {workers} did {Naming.Times(cell.Result.Speedup!.Value)} the work of one, "
            + $"because the GIL lets one thread run Python code at a time (they used {Naming.Number(used)} of {run.Cores} processors).";
        return new("gil-threads", Severity.Info, text, new()
        {
            ["cores"] = run.Cores,
            ["cpuShareOfOneWorker"] = Evidence.Figure(group.Class!.CpuShare),
            ["cells"] = Evidence.Cells(cells),
        });
    }
}
