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
        if (ThreadVerdict.Of(run, group) is not { Scale: true } verdict)
            return null;

        var cell = verdict.Cells[0];
        var scale = Scaling.IsFaster(cell) ? "scale" : "seem to scale";
        var runtime = run.Names.Runtime(group.Runtime);
        var workers = cell.Strategy == Strategy.Threads ? $"{cell.Workers} threads" : $"a pool of {cell.Workers} threads";
        var reason = cell.Runtime?.Gil switch
        {
            true => "although there is a GIL, because this work lets go of it while it runs native code",
            false => "because this interpreter runs without a GIL",
            null => $"because {RuntimeCatalogue.Of(group.Runtime)?.ThreadsRunBecause ?? RuntimeCatalogue.DotNet.ThreadsRunBecause}",
        };
        var text = $"{runtime}'s threads {scale} here{run.Where(group)}: {workers} did {Scaling.Factor(cell)} the work of one, {reason} "
            + $"(they used {Naming.Number(cell.CpuUtilisation)} of {run.Cores} processors).{Scaling.Caveat(cell)}";
        var evidence = new System.Text.Json.Nodes.JsonObject
        {
            ["cores"] = run.Cores,
            ["cpuShareOfOneWorker"] = Evidence.Figure(group.Class!.CpuShare),
            ["cells"] = Evidence.Cells(verdict.Cells),
        };
        if (cell.Runtime?.Gil is { } gil)
            evidence["gil"] = gil;
        return new("threads-scale", Severity.Info, text, evidence);
    }
}
