using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Threads of a runtime with a global interpreter lock do not scale for work that computes: they share one processor's worth of time.</summary>
internal sealed class GilThreads : IFinding
{
    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        if (ThreadVerdict.Of(run, group) is not { Scale: false } verdict)
            return null;

        var cell = verdict.Cells[0];
        var used = $"they used {Naming.Number(cell.CpuUtilisation)} of {run.Cores} processors";
        var workers = cell.Strategy == Strategy.Threads ? $"{cell.Workers} threads" : $"a pool of {cell.Workers} threads";
        var text = Scaling.HadItsShare(cell)
            ? $"{run.Names.Runtime(group.Runtime)}'s threads do not scale here{run.Where(group)}: {workers} did {Scaling.Factor(cell)} the work of one, because the GIL lets one thread run Python code at a time ({used})."
            : $"{run.Names.Runtime(group.Runtime)}'s threads do not scale here{run.Where(group)}, as far as a busy machine shows: {workers} did {Scaling.Factor(cell)} the work of one, as it is where the GIL lets one thread run Python code at a time "
                + $"({used}, so other work may have had its part).";
        return new("gil-threads", Severity.Info, text + Scaling.NoGain(cell), new()
        {
            ["cores"] = run.Cores,
            ["cpuShareOfOneWorker"] = Evidence.Figure(group.Class!.CpuShare),
            ["cells"] = Evidence.Cells(verdict.Cells),
        });
    }
}
