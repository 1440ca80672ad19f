using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>What people wait before a task starts, which a measurement from the actual start leaves out ("coordinated omission", Gil Tene).</summary>
internal sealed class HiddenWaiting : IFinding
{
    /// <summary>From this factor between the two percentiles on, and this difference, it is told.</summary>
    private const double Factor = 2;
    private const double DifferenceMs = 5;

    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.OpenLoads()
            .Where(pair => pair.Load.KeepsUp && pair.Load.ResponseP99Ms > Factor * pair.Load.ServiceP99Ms && pair.Load.ResponseP99Ms > pair.Load.ServiceP99Ms + DifferenceMs)
            .OrderByDescending(pair => pair.Load.ResponseP99Ms / pair.Load.ServiceP99Ms)
            .ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, load) = cells[0];
        var text = $"One in a hundred waited {Naming.Milliseconds(load.ResponseP99Ms)} or longer from arrival to result in {run.Describe(cell)}, though tasks themselves took {Naming.Milliseconds(load.ServiceP99Ms)} at the same percentile. "
            + "The rest is waiting for a worker. A test that sends its next request only when the last one was answered never sees it (coordinated omission).";
        yield return new("hidden-waiting", Severity.Info, text, new()
        {
            ["responseP99Ms"] = Evidence.Figure(load.ResponseP99Ms),
            ["serviceP99Ms"] = Evidence.Figure(load.ServiceP99Ms),
            ["count"] = cells.Length,
            ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)),
        });
    }
}
