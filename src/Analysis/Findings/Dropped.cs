using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Arrivals that nobody started, because too many were in flight.</summary>
internal sealed class Dropped : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.OpenLoads().Where(pair => pair.Load.DroppedRatio > 0).OrderByDescending(pair => pair.Load.DroppedRatio).ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, load) = cells[0];
        var most = run.Spec.Load.MaxInFlight ?? LoadSpec.DefaultMaxInFlight;
        var text = $"{Naming.Percent(load.DroppedRatio)} of the arrivals were turned away by {run.Describe(cell)}: {Naming.Number(most)} tasks were in flight already (load.maxInFlight)."
            + $"{(cells.Length > 1 ? $" {Naming.Sentence(Naming.Count(cells.Length - 1, "other cell"))} dropped some too." : "")} They are in no latency: read it together with their number, because whoever turns people away serves the rest quickly.";
        yield return new("dropped", Severity.Warning, text, new()
        {
            ["droppedRatio"] = Evidence.Figure(load.DroppedRatio),
            ["maxInFlight"] = most,
            ["count"] = cells.Length,
            ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)),
        });
    }
}
