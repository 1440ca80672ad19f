using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>More tasks arrived than the workers could do, although they worked all the time.</summary>
internal sealed class RateNotReached : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.OpenLoads().Where(pair => pair.Load.IsTooMuch).OrderBy(pair => pair.Load.AchievedPerSecond / pair.Load.OfferedPerSecond).ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, load) = cells[0];
        var kept = run.OpenLoads().Where(pair => pair.Load.KeepsUp).Select(pair => run.Describe(pair.Cell)).Take(3).ToArray();
        var text = $"More arrives than the workers can do: offered {Naming.Number(load.OfferedPerSecond)}/s, achieved {Naming.Number(load.AchievedPerSecond)}/s by {run.Describe(cell)}, "
            + $"which {(cell.Workers == 1 ? "was" : "were")} in tasks of {Naming.Milliseconds(load.TaskMs)} for {Naming.Percent(load.Busy)} of the time. A queue that grows faster than it is worked off has no end, so latency there says how long the trial was, not how fast the work is."
            + (kept.Length > 0 ? $" {Naming.List(kept)} kept up." : " No cell kept up.");
        yield return new("rate-not-reached", Severity.Warning, text, new()
        {
            ["offeredPerSecond"] = Evidence.Figure(load.OfferedPerSecond),
            ["achievedPerSecond"] = Evidence.Figure(load.AchievedPerSecond),
            ["busy"] = Evidence.Figure(load.Busy),
            ["taskMs"] = Evidence.Figure(load.TaskMs),
            ["count"] = cells.Length,
            ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)),
        });
    }
}
