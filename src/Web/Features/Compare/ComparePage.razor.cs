using Brigade.Analysis.Comparing;
using Brigade.Contracts.Runs;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Compare;

/// <summary>Runs, or cells of a run, side by side. The address holds all that is chosen.</summary>
public sealed partial class ComparePage
{
    // Seldom: comparing takes processor time, which a trial that runs on this machine may need.
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(15);

    private ComparedIds _ids = ComparedIds.Read(null, null);
    private CompareQuery _query = CompareQuery.From(ComparedIds.Read(null, null), null, null, null, null);
    private ComparedRuns? _compared;
    private string? _loaded;
    private bool _isBusy;
    private CellCloseUp? _cell;
    private int? _lookNext;

    [SupplyParameterFromQuery(Name = "runs")]
    public string? RunIds { get; set; }

    [SupplyParameterFromQuery(Name = "cells")]
    public string? CellNumbers { get; set; }

    [SupplyParameterFromQuery(Name = "metric")]
    public string? Metric { get; set; }

    [SupplyParameterFromQuery(Name = "only")]
    public string? Only { get; set; }

    [SupplyParameterFromQuery(Name = "cell")]
    public string? CellNumber { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    [Inject]
    private Comparisons Comparisons { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    // Without what only changes how it is looked at.
    private string Exported => $"runs={string.Join(',', _query.Runs)}{(_query.Cells.Count > 0 ? $"&cells={string.Join(',', _query.Cells)}" : "")}";

    private string TabTitle => _compared is { Sides.Count: > 0 } compared ? $"Compare {Numbers.Count(compared.Sides.Count, compared.IsOfCells ? "cell" : "run")}" : "Compare";

    private IEnumerable<string> Notes
    {
        get
        {
            foreach (var (_, message) in _ids.Problems)
                yield return $"{message} It was left out.";
            if (_compared is null)
                yield break;
            if (_compared.Missing.Count > 0)
                yield return $"{Numbers.Count(_compared.Missing.Count, "run")} of this address {(_compared.Missing.Count == 1 ? "does" : "do")} not exist: deleted, or mistyped. The others are compared.";
            foreach (var run in _compared.Unmeasured)
                yield return $"“{run.Name}” has completed no trial ({Words.Of(run.Status).ToLowerInvariant()}), so there is nothing of it to compare.";
            if (_compared.UnknownCells.Count > 0)
                yield return $"The first run has {Numbers.Count(_compared.CellCount, "cell")}, numbered from 0; there is no cell {string.Join(", ", _compared.UnknownCells)}.";
            foreach (var run in _compared.Measured.Where(run => !run.Run.Row.Status.IsTerminal()))
                yield return $"“{run.Run.Row.Name}” is still running: what has ended of it so far is compared.";
        }
    }

    // The one that was asked for; else the one where most is to be seen.
    private int Looked => _compared!.Comparison!.Cells is var cells && _query.Cell is { } asked && asked < cells.Count ? asked
        : cells.Index().MaxBy(cell => cell.Item.Verdicts.Where(verdict => verdict.Metric == _query.Metric && verdict.Verdict is Verdict.Faster or Verdict.Slower).Select(verdict => Math.Abs(verdict.RelativeShift)).DefaultIfEmpty(-1).Max()).Index;

    protected override Task OnParametersSetAsync()
    {
        _ids = ComparedIds.Read(RunIds, CellNumbers);
        _query = CompareQuery.From(_ids, Metric, Only, CellNumber, PageNumber);
        // Another metric or page is only another look at what is here already.
        return string.Equals(_loaded, Key, StringComparison.Ordinal) ? Task.CompletedTask : LoadAsync();
    }

    protected override Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            _ = EveryAsync(RefreshEvery, Time, RefreshAsync);
        if (_lookNext is not { } next || _query.Cell != next || _cell is not { } panel)
            return Task.CompletedTask;
        _lookNext = null;
        return panel.FocusAsync();
    }

    private string Key => $"{string.Join(',', _query.Runs)}/{string.Join(',', _query.Cells)}";

    private async Task LoadAsync()
    {
        var key = Key;
        (_loaded, _isBusy) = (key, true);
        var isRead = await ReadAsync();
        // Others may have been chosen meanwhile: they are still being compared.
        if (!string.Equals(key, _loaded, StringComparison.Ordinal))
            return;
        _isBusy = false;
        // What was there before is no answer to what the address asks.
        if (!isRead)
            _compared = null;
    }

    private Task<bool> ReadAsync() => TryLoadAsync("The runs could not be compared.", async () =>
    {
        var key = Key;
        var compared = await Comparisons.CompareAsync(_query.Runs, _query.Cells, Gone);
        // Others may have been chosen meanwhile: then their own answer counts.
        if (string.Equals(key, Key, StringComparison.Ordinal))
            _compared = compared;
    });

    // Runs that have ended stay as they are.
    private Task RefreshAsync() => _compared is { } compared && compared.Measured.Select(run => run.Run.Row).Concat(compared.Unmeasured).Any(run => !run.Status.IsTerminal()) ? ReadAsync() : Task.CompletedTask;

    private void Add(Guid run) => Go(_query.With([.. _query.Runs.Append(run).Distinct().Take(ComparedIds.Most)], []));

    private void MakeBase(ComparedSide side) => Go(side.Cell is { } cell
        ? _query.With(_query.Runs, [cell, .. _query.Cells.Where(other => other != cell)])
        : _query.With([side.Run.Run.Row.Id, .. _query.Runs.Where(other => other != side.Run.Run.Row.Id)], []));

    private void Remove(ComparedSide side) => Go(side.Cell is { } cell
        ? _query.With(_query.Runs, [.. _query.Cells.Where(other => other != cell)])
        : _query.With([.. _query.Runs.Where(other => other != side.Run.Run.Row.Id)], []));

    private void ShowCells(IReadOnlyList<int> cells) => Go(_query.With([_compared!.Measured[0].Run.Row.Id], cells));

    private void Look(int cell)
    {
        _lookNext = cell;
        Go(_query with { Cell = cell });
    }

    private void Go(CompareQuery query) => Navigation.NavigateTo(query.ToAddress(), replace: query.Runs.SequenceEqual(_query.Runs) && query.Cells.SequenceEqual(_query.Cells));
}
