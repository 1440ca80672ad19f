using System.Globalization;
using Brigade.Analysis.Searching;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Terminal;

/// <summary>The lines of a run's progress. A search counts time instead of trials, and tells once why a candidate left.</summary>
internal sealed class ProgressLines(ExperimentSpec spec, RunStarted started)
{
    private readonly HashSet<int> _left = [];

    public TrialPlan Plan => started.Plan;

    /// <summary>What the progress runs up to: seconds of a search's budget, else trials.</summary>
    public double Total => spec.Search?.Budget.TotalSeconds ?? Plan.Trials.Count;

    public IEnumerable<string> Head()
    {
        var work = spec.Search is { } search
            ? $"a search among {TrialText.Count(Plan.Cells.Count, "candidate")} within {Units.FormatDuration(search.Budget)}"
            : $"{TrialText.Count(Plan.Trials.Count, "trial")} of {TrialText.Count(Plan.Cells.Count, "cell")}";
        yield return string.Create(CultureInfo.InvariantCulture, $"{spec.Name}: {work} on {started.Machine.Cores} cores, seed {Plan.Seed}");
        foreach (var note in Plan.Notes)
        {
            yield return $"note: {note}";
        }
    }

    /// <summary>How far the run is with this event, up to <see cref="Total"/>.</summary>
    public double Done(TrialEnded ended, double before) => spec.Search is null ? before + 1 : Math.Min(Total, (ended.At - started.At).TotalSeconds);

    /// <summary>The line of a trial that ended; null where there is nothing to say.</summary>
    public string? Line(TrialEnded ended)
    {
        var result = ended.Result;
        var cell = Plan.Cells[result.Cell];
        var swept = TrialText.Swept(cell, spec.Matrix.Params.Keys);
        var name = $"{TrialText.Cell(cell, result.Runtime)}{(swept.Length > 0 ? " " + swept : "")}";
        if (spec.Search is null)
        {
            var width = Plan.Trials.Count.ToString(CultureInfo.InvariantCulture).Length;
            var number = (result.Index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width);
            return $"[{number}/{Plan.Trials.Count.ToString(CultureInfo.InvariantCulture)}] {name}: {TrialText.Result(result)}";
        }

        if (result.Status != TrialStatus.Skipped)
        {
            return string.Create(CultureInfo.InvariantCulture, $"[{(ended.At - started.At).TotalSeconds,5:0.0} s, round {result.Repetition}] {name}: {TrialText.Result(result)}");
        }

        return result.Warnings.FirstOrDefault(SkipReason.IsDropped) is { } reason && _left.Add(result.Cell) ? $"out: {name}: {reason}" : null;
    }
}
