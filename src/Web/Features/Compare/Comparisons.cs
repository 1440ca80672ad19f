using Brigade.Analysis.Comparing;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Compare;

/// <summary>Compares stored runs, or cells of a stored run: the one place for the page, the API and the line on a run's page.</summary>
public sealed class Comparisons(ComparisonStore store, ReaderClock clock)
{
    /// <summary>Compares what exists and was measured of it; the rest is told.</summary>
    public async Task<ComparedRuns> CompareAsync(IReadOnlyList<Guid> runs, IReadOnlyList<int> cells, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(cells);
        var loaded = await store.LoadAsync(runs, cancellation);
        var earlier = await EarlierAsync(loaded, cancellation);
        // Thousands of resamplings: not on the thread of whoever waits for it.
        return await Task.Run(() => Compare(loaded, runs, cells, earlier), cancellation);
    }

    /// <summary>How much runs of the same experiment on the same machine differed before the last of these; null where these are not alike, or are one.</summary>
    private async Task<ILookup<string, EarlierMedians>?> EarlierAsync(IReadOnlyList<MeasuredRun> loaded, CancellationToken cancellation)
    {
        List<RunRow> rows = [.. loaded.Where(IsMeasured).Select(run => run.Run.Row)];
        if (rows.Count < 2 || rows.DistinctBy(row => (row.ExperimentId, row.MachineKey)).Count() > 1 || rows[0].ExperimentId is not { } experiment || rows.Max(row => row.EndedAt) is not { } last)
            return null;
        return await store.EarlierAsync(experiment, rows[0].MachineKey, last, cancellation);
    }

    private ComparedRuns Compare(IReadOnlyList<MeasuredRun> loaded, IReadOnlyList<Guid> runs, IReadOnlyList<int> cells, ILookup<string, EarlierMedians>? earlier)
    {
        var ids = loaded.Select(run => run.Run.Row.Id).ToHashSet();
        List<MeasuredRun> measured = [.. loaded.Where(IsMeasured)];
        var result = new ComparedRuns
        {
            Missing = [.. runs.Where(id => !ids.Contains(id))],
            Unmeasured = [.. loaded.Where(run => !IsMeasured(run)).Select(run => run.Run.Row)],
            Measured = measured,
        };
        if (measured.Count == 0)
            return result;
        var count = measured[0].Run.Plan!.Cells.Count;
        result = result with { UnknownCells = [.. cells.Where(cell => cell >= count)], CellCount = count };
        List<int> known = [.. cells.Where(cell => cell < count)];
        return measured.Count > 1 ? OfRuns(result, known, earlier) : known.Count > 1 ? OfCells(result, known) : result;
    }

    private ComparedRuns OfRuns(ComparedRuns result, List<int> cells, ILookup<string, EarlierMedians>? earlier)
    {
        IReadOnlyList<ComparedSide> sides = [.. result.Measured.Select((run, number) => new ComparedSide(number, run, null, Title(run)))];
        var comparison = RunComparer.Compare([.. sides.Select(side => new ComparedRun(
            side.Run.Run.Row.Id.ToString(), side.Run.Run.Row.Name, side.Run.Run.Row.EndedAt, side.Run.Run.Spec, side.Run.Run.Machine!, side.Run.Run.Plan!, side.Run.Trials))], earlier is null ? null : RulesOf(sides[0].Run, earlier));
        var chosen = cells.ToHashSet();
        var shown = chosen.Count == 0 ? comparison : comparison with { Cells = [.. comparison.Cells.Where(cell => cell.Runs[0] is { } first && chosen.Contains(first.Cell))] };
        return result with { Sides = sides, Comparison = shown, Apart = chosen.Count == 0 ? ApartCell.Of(sides, comparison) : [] };
    }

    private static ComparedRuns OfCells(ComparedRuns result, List<int> cells)
    {
        var sides = CellsAsRuns.Sides(result.Measured[0], [.. cells.Take(ComparedIds.Most)]);
        var comparison = RunComparer.Compare([.. sides.Select(side => CellsAsRuns.ToRun(side, sides[0]))]);
        return result with { Sides = sides, Comparison = comparison with { Differences = [.. CellsAsRuns.Differences(sides), .. comparison.Differences] } };
    }

    // History knows cells by the spec's name of the runtime, a comparison by the one that was used.
    private static ComparisonRules RulesOf(MeasuredRun first, ILookup<string, EarlierMedians> earlier)
    {
        var used = first.Trials.Where(trial => trial.Runtime.Length > 0).DistinctBy(trial => trial.Cell).ToDictionary(trial => trial.Cell, trial => trial.Runtime);
        var keys = first.Run.Plan!.Cells.Index().DistinctBy(cell => CellKey.Of(Resolved(cell.Item, cell.Index)), StringComparer.Ordinal).ToDictionary(cell => CellKey.Of(Resolved(cell.Item, cell.Index)), cell => CellKey.Of(cell.Item), StringComparer.Ordinal);
        return new ComparisonRules
        {
            EarlierMedians = (cell, metric) => keys.TryGetValue(CellKey.Of(cell), out var key) ? [.. earlier[key].Select(medians => metric == Metrics.P99 ? medians.P99Ms : medians.Throughput).OfType<double>()] : [],
        };

        Cell Resolved(Cell cell, int index) => used.TryGetValue(index, out var runtime) ? cell with { Runtime = runtime } : cell;
    }

    private static bool IsMeasured(MeasuredRun run) => run.Run is { Plan: not null, Machine: not null } && run.Trials.Any(trial => trial.Status == TrialStatus.Completed);

    private string Title(MeasuredRun run) => $"{run.Run.Row.Name}, {clock.Short(run.Run.Row.EndedAt ?? run.Run.Row.QueuedAt)}";
}

/// <summary>What came of a comparison.</summary>
public sealed record ComparedRuns
{
    /// <summary>What is compared; empty where there are not at least two.</summary>
    public IReadOnlyList<ComparedSide> Sides { get; init; } = [];

    /// <summary>Null where there are not at least two things to compare.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>Cells that not all runs measured.</summary>
    public IReadOnlyList<ApartCell> Apart { get; init; } = [];

    /// <summary>Runs that were found and have figures.</summary>
    public IReadOnlyList<MeasuredRun> Measured { get; init; } = [];

    /// <summary>Runs that were found and have completed no trial.</summary>
    public IReadOnlyList<RunRow> Unmeasured { get; init; } = [];

    /// <summary>Runs that the workspace does not have.</summary>
    public IReadOnlyList<Guid> Missing { get; init; } = [];

    /// <summary>Cells that were asked for and the first run's plan does not have.</summary>
    public IReadOnlyList<int> UnknownCells { get; init; } = [];

    /// <summary>Cells of the first run's plan.</summary>
    public int CellCount { get; init; }

    /// <summary>Whether cells of one run are compared with each other.</summary>
    public bool IsOfCells => Sides is [{ Cell: not null }, ..];
}
