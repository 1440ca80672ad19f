using Brigade.Analysis.Advising;
using Brigade.Analysis.Comparing;
using Brigade.Analysis.Costs;
using Brigade.Analysis.Findings;
using Brigade.Analysis.Searching;
using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis;

/// <summary>Builds a run's result from what was measured: the one place where trials become cells, findings, thresholds and advice, for the command line, the API and the pages alike.</summary>
public static class ResultBuilder
{
    /// <summary>
    /// The result of a run, whole or in part; the same input gives the same result. Cells keep the plan's order and number, with their runtime resolved
    /// (<c>python3.11</c> where the spec said <c>python</c>). Trials of cells that the plan does not have are left out, and a note says so.
    /// </summary>
    /// <param name="trials">Trials that ended, in any order.</param>
    public static RunResult Build(ExperimentSpec spec, RunStatus status, Machine machine, TrialPlan plan, IReadOnlyList<TrialResult> trials)
    {
        var notes = plan.Notes.ToList();
        var known = trials.Where(trial => trial.Cell >= 0 && trial.Cell < plan.Cells.Count).OrderBy(trial => trial.Index).ToArray();
        if (trials.Count - known.Length is > 0 and var unknown)
            notes.Add($"{Naming.Count(unknown, "trial")} left out, because the plan has no such cell.");

        var byCell = known.ToLookup(trial => trial.Cell);
        var cells = plan.Cells.Select((cell, index) => cell with { Runtime = RuntimeOf.Cell(cell.Runtime, byCell[index], machine) }).ToArray();
        var rows = known.Select(trial => RowMapper.ToRow(trial, cells[trial.Cell])).ToArray();
        var ended = cells.Select(IReadOnlyList<TrialRow> (_, index) => rows.Where((row, place) => known[place].Cell == index && row.Status != TrialStatus.Skipped).ToArray()).ToArray();
        if (SkippedNote(spec, rows, cells.Length) is { } skipped)
            notes.Add(skipped);
        var medians = cells.Select((cell, index) => CellSummary.Of(cell, index, ended[index].Where(row => row.Status == TrialStatus.Completed).ToArray(), plan.Seed)).ToArray();

        var costs = CostDecomposition.Of(medians, ended);
        var summaries = medians.Select((cell, index) => cell with { Costs = costs[index] }).ToArray();

        // An open load gives the throughput, so it says nothing of who could do more. Another tool's benchmarks are no strategies to choose from.
        var isImported = spec.Workload.Imported is not null;
        var compared = spec.Load.IsOpen() || isImported ? summaries.Select(cell => (cell, (CellResult?)null)).ToArray() : SpeedupRule.Apply(summaries);
        var rounds = Rounds.Of(known);
        var view = View(spec, status, machine, compared, ended) with { Rounds = rounds, Search = SearchView.Of(spec, rounds, known) };
        var advice = isImported ? null : spec.Load.IsOpen() ? OpenLoadAdvisor.Advise(view) : Advisor.Advise(view);

        return new()
        {
            Name = spec.Name,
            Status = status,
            Seed = plan.Seed,
            Machine = machine,
            Conditions = RunConditions.Of(spec),
            Trials = rows,
            Cells = compared.Select(pair => pair.Cell).ToArray(),
            Findings = isImported ? [] : FindingCatalogue.Find(view),
            Thresholds = Thresholds(spec, advice, ended, notes),
            Advice = advice,
            Notes = notes,
        };
    }

    /// <summary>In a search only what it advises has to hold them: the others are out of the question.</summary>
    private static IReadOnlyList<ThresholdOutcome> Thresholds(ExperimentSpec spec, Advice? advice, IReadOnlyList<IReadOnlyList<TrialRow>> ended, ICollection<string> notes) => spec.Search is null || advice is null
        ? ThresholdCheck.Evaluate(spec.Thresholds, ended, notes)
        : [.. ThresholdCheck.Evaluate(spec.Thresholds, [ended[advice.Cell]], notes).Select(outcome => outcome with { Cell = advice.Cell })];

    private static string? SkippedNote(ExperimentSpec spec, IReadOnlyList<TrialRow> rows, int cells)
    {
        var skipped = rows.Where(row => row.Status == TrialStatus.Skipped).ToArray();
        return skipped.Length == 0 ? null
            : spec.Search is not null ? $"The search measured {Naming.Count(rows.Count - skipped.Length, "trial")} of {Naming.Count(cells, "candidate")}; how long each was depended on how many were left."
            : $"{Naming.Count(skipped.Length, "trial")} of {Naming.Count(cells, "cell")} {(skipped.Length == 1 ? "was" : "were")} not needed, because stop.relativeError was reached before.";
    }

    private static RunView View(ExperimentSpec spec, RunStatus status, Machine machine, IReadOnlyList<(CellResult Cell, CellResult? Baseline)> compared, IReadOnlyList<IReadOnlyList<TrialRow>> ended)
    {
        var cells = compared.Select((pair, index) => new CellView(
            index, pair.Cell, pair.Baseline, machine.Runtimes.FirstOrDefault(found => string.Equals(found.Id, pair.Cell.Cell.Runtime, StringComparison.Ordinal)), ended[index])).ToArray();
        var groups = cells
            .GroupBy(cell => (cell.Cell.Runtime, Parameters: Naming.Parameters(cell.Cell.Params)))
            .Select(group => new WorkGroup(group.Key.Runtime, group.Key.Parameters, group.ToArray(), Classifier.Classify(group.ToArray())))
            .ToArray();
        return new(spec, status, machine, cells, groups);
    }
}
