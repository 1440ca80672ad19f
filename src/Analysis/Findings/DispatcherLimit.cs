using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Tasks could not be handed out at the rate that was asked for, while the workers had time: a limit of the dispatcher, which is no figure of the workload.</summary>
internal sealed class DispatcherLimit : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.OpenLoads().Where(pair => pair.Load.IsHeldUpByDispatch).OrderBy(pair => pair.Load.AchievedPerSecond / pair.Load.OfferedPerSecond).ToArray();
        if (cells.Length == 0)
            yield break;

        var (cell, load) = cells[0];
        var text = $"The rate cannot be reached: offered {Naming.Number(load.OfferedPerSecond)}/s, achieved {Naming.Number(load.AchievedPerSecond)}/s by {run.Describe(cell)}, whose workers were in tasks for only "
            + $"{Naming.Percent(load.Busy)} of the time. That is how fast tasks can be handed out one by one here, not how fast the work is: do not read it as the workload's figure.{Others(cells.Length)}";
        yield return new("dispatcher-limit", Severity.Warning, text, new()
        {
            ["offeredPerSecond"] = Evidence.Figure(load.OfferedPerSecond),
            ["achievedPerSecond"] = Evidence.Figure(load.AchievedPerSecond),
            ["busy"] = Evidence.Figure(load.Busy),
            ["count"] = cells.Length,
            ["cells"] = Evidence.Cells(cells.Select(pair => pair.Cell)),
        });
    }

    private static string Others(int cells) => cells > 1 ? $" {Naming.Sentence(Naming.Count(cells - 1, "other cell"))} did not reach it either." : "";
}
