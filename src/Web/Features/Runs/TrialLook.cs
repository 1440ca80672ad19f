using Brigade.Contracts.Plan;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Runs;

/// <summary>How a trial looks in the charts: its strategy gives the colour, its runtime the dash.</summary>
public sealed record TrialLook(int Trial, string Strategy, string Runtime, int Dash, int Workers, string Cell, string Label)
{
    /// <summary>All trials of a plan, in order.</summary>
    public static IReadOnlyList<TrialLook> Of(TrialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var runtimes = RuntimesOf(plan);
        var swept = ResultLines.Swept(plan.Cells);
        return [.. plan.Trials.Select(trial =>
        {
            var cell = plan.Cells[trial.Cell];
            var name = Words.Of(cell) + ResultLines.Params(cell, swept);
            return new TrialLook(trial.Index, Words.Of(cell.Strategy), cell.Runtime, IndexOf(runtimes, cell.Runtime), cell.Workers, name, $"{name}, repetition {trial.Repetition}");
        })];
    }

    /// <summary>A plan's runtimes in the order of their dashes.</summary>
    public static IReadOnlyList<string> RuntimesOf(TrialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Cells.Select(cell => cell.Runtime).Distinct(StringComparer.Ordinal)];
    }

    private static int IndexOf(IReadOnlyList<string> runtimes, string runtime) => runtimes.TakeWhile(other => !string.Equals(other, runtime, StringComparison.Ordinal)).Count();
}
