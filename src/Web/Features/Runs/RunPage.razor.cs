using System.Collections.ObjectModel;
using Brigade.Analysis;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;
using Brigade.Web.Components.Browser;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Brigade.Web.Features.Runs.Crossover;
using Brigade.Web.Live;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Runs;

/// <summary>A run, live and when it has ended.</summary>
public sealed partial class RunPage
{
    private static readonly TimeSpan RenderEvery = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan ResultEvery = TimeSpan.FromSeconds(3);

    private RunDetail? _detail;
    private RunSnapshot? _snapshot;
    private RunResult? _result;
    private IReadOnlyDictionary<Cell, CellDetail>? _details;
    private Dictionary<Cell, string>? _rows;
    private IReadOnlyDictionary<int, byte[]>? _histograms;
    private IReadOnlyDictionary<int, byte[]> _uncorrected = ReadOnlyDictionary<int, byte[]>.Empty;
    private string _yaml = "";
    private int _resultTrials = -1;
    private long _resultBuilt;
    private int? _selected;
    private bool _missing;
    private bool _cancelling;
    private bool _starting;
    private Guid? _opened;
    private int _opening;
    private IRunViewer? _viewer;
    private LivePump? _pump;
    private CancellationTokenSource? _watching;
    private LiveCharts? _charts;
    private Debouncer? _debounce;
    private Debouncer? _laterResult;
    private long _rendered;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Key of the view that is chosen below the results; null for the first one.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    /// <summary>Axes of the crossover map.</summary>
    [SupplyParameterFromQuery(Name = "across")]
    public string? Across { get; set; }

    [SupplyParameterFromQuery(Name = "down")]
    public string? Down { get; set; }

    [Inject]
    private RunStore Runs { get; set; } = null!;

    [Inject]
    private ILiveRuns Live { get; set; } = null!;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private CircuitConnection Connection { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    // There are no frames to look at, and nothing that could be run.
    private bool IsImported => _detail!.Row.Source.Length > 0;

    private bool Ended => _snapshot!.Status.IsTerminal();

    private IReadOnlyList<TrialResult> EndedTrials => [.. _snapshot!.Trials.Select(trial => trial.Result).OfType<TrialResult>()];

    private int TrialsEnded => _snapshot!.Trials.Count(trial => trial.Result is not null);

    private int TrialCount => _snapshot!.Plan?.Trials.Count ?? _detail!.Row.TrialCount;

    private string WaitingTitle => _snapshot!.Status == RunStatus.Queued ? "Waiting for a runner that is free" : "The runner is getting ready";

    // What the run looks for, where it looks for something.
    private SearchSpec? Search => _detail!.Spec.Search;

    // Of a search's budget.
    private TimeSpan Used => _snapshot!.StartedAt is { } started ? TimeSpan.FromTicks(Math.Clamp((Time.GetUtcNow() - started).Ticks, 0, Search!.Budget.Ticks)) : TimeSpan.Zero;

    private string ProgressText => Search is { } search ? SearchText(search) : Ended
        ? $"{Numbers.Count(EndedTrials.Count(trial => trial.Status == TrialStatus.Completed))} of {Numbers.Count(TrialCount, "trial")} completed{Skipped}."
        : $"{Numbers.Count(TrialsEnded)} of {Numbers.Count(TrialCount, "trial")}{(_snapshot!.Remaining is { } left ? $", about {Numbers.Span(left)} left" : "")}.";

    private string SearchText(SearchSpec search)
    {
        var measured = Numbers.Count(EndedTrials.Count(trial => trial.Status != TrialStatus.Skipped), "trial");
        return Ended ? $"{measured} measured." : $"{measured} measured; {Numbers.Span(Used)} of {Numbers.Span(search.Budget)} used, {Numbers.Span(search.Budget - Used)} left at most.";
    }

    // By the stop rule.
    private string Skipped => EndedTrials.Count(trial => trial.Status == TrialStatus.Skipped) is > 0 and var skipped
        ? $", {Numbers.Count(skipped)} not needed: the figures were precise enough before ({Units.FormatRatio(_detail!.Spec.Stop?.RelativeError ?? 0)})"
        : "";

    public bool CanDraw => _charts is { IsReady: true };

    public async Task ShowAsync(RunSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var hasEnded = snapshot.Status.IsTerminal() && _snapshot?.Status.IsTerminal() != true;
        _snapshot = snapshot;
        // The structure may change with each of many short trials; eyes need no more than a few renderings a second.
        if (hasEnded || Time.GetElapsedTime(_rendered) >= RenderEvery)
            RenderNow();
        else
            _debounce!.Touch();
        if (!hasEnded)
            return;
        await LoadHistogramsAsync();
        StateHasChanged();
    }

    public Task<bool> DrawAsync(IReadOnlyList<Frame> frames, bool isWhole, CancellationToken cancellation) => _charts?.DrawAsync(frames, isWhole, cancellation) ?? Task.FromResult(false);

    protected override void OnInitialized()
    {
        _debounce = new Debouncer(Time, RenderEvery, () => InvokeAsync(RenderNow));
        _laterResult = new Debouncer(Time, ResultEvery, () => InvokeAsync(RenderNow));
        Connection.Restored += OnRestored;
    }

    protected override Task OnParametersSetAsync() => _opened == Id ? Task.CompletedTask : OpenAsync();

    protected override async ValueTask LeaveAsync()
    {
        Connection.Restored -= OnRestored;
        _debounce?.Dispose();
        _laterResult?.Dispose();
        _opening++;
        await StopAsync();
    }

    private async Task OpenAsync()
    {
        var (id, opening) = (Id, ++_opening);
        _opened = id;
        await StopAsync();
        (_detail, _snapshot, _result, _histograms, _resultTrials, _selected, _missing, _cancelling) = (null, null, null, null, -1, null, false, false);
        await TryLoadAsync("The run could not be loaded.", async () =>
        {
            var detail = await Runs.FindAsync(id, Gone);
            var viewer = detail is null ? null : await Live.WatchAsync(id, Gone);
            // Another run may have been chosen meanwhile, or the reader has left: then nobody else lets go of this viewer.
            if (opening != _opening)
            {
                if (viewer is not null)
                    await viewer.DisposeAsync();
                return;
            }

            (_detail, _viewer, _missing) = (detail, viewer, viewer is null);
            if (viewer is null)
                return;
            _yaml = SpecWriter.ToYaml(detail!.Spec);
            _pump = new LivePump(viewer, this, Time);
            _watching = CancellationTokenSource.CreateLinkedTokenSource(Gone);
            _ = WatchAsync(_pump, _watching.Token);
        });
    }

    private async Task WatchAsync(LivePump pump, CancellationToken cancellation)
    {
        if (await TryLoadAsync("The connection to this run was lost.", () => pump.RunAsync(cancellation)) || cancellation.IsCancellationRequested)
            return;
        StateHasChanged();
    }

    private async Task StopAsync()
    {
        if (_watching is { } watching)
        {
            await watching.CancelAsync();
            watching.Dispose();
        }

        _pump?.Dispose();
        if (_viewer is { } viewer)
            await viewer.DisposeAsync();
        (_watching, _pump, _viewer) = (null, null, null);
    }

    private void OnRestored(object? sender, EventArgs args) => _ = InvokeAsync(Resend);

    private void Resend() => _pump?.Resend();

    private void RenderNow()
    {
        _debounce!.Cancel();
        _rendered = Time.GetTimestamp();
        BuildResult();
        StateHasChanged();
    }

    private void BuildResult()
    {
        if (_snapshot is not { Plan: { } plan, Machine: { } machine } snapshot)
            return;
        var ended = EndedTrials;
        if (ended.Count == 0 || (ended.Count == _resultTrials && _result?.Status == snapshot.Status))
            return;
        // Its intervals are resampled thousands of times, on processors that a trial may need: seldom while trials run.
        if (_result is not null && !Ended && Time.GetElapsedTime(_resultBuilt) < ResultEvery)
        {
            _laterResult!.Touch();
            return;
        }

        _laterResult!.Cancel();
        (_resultTrials, _resultBuilt) = (ended.Count, Time.GetTimestamp());
        _result = ResultBuilder.Build(_detail!.Spec, snapshot.Status, machine, plan, ended);
        _details = CellDetail.Of(_result.Cells, ended);
        _rows = new Dictionary<Cell, string>(_result.Cells.Select((cell, index) => KeyValuePair.Create(cell.Cell, CrossoverPanel.RowId(index))), ReferenceEqualityComparer.Instance);
    }

    private Task<bool> LoadHistogramsAsync() => TryLoadAsync("The latencies of this run could not be loaded.", async () =>
    {
        var ended = EndedTrials;
        var histograms = ended.Where(trial => trial.Histogram.Length > 0).ToDictionary(trial => trial.Index, trial => trial.Histogram);
        var uncorrected = ended.Where(trial => trial.UncorrectedHistogram.Length > 0).ToDictionary(trial => trial.Index, trial => trial.UncorrectedHistogram);
        // Those that this page saw end are here already; the rest is stored.
        if (ended.Any(trial => trial.Histogram.Length == 0))
        {
            foreach (var (trial, histogram) in await Runs.HistogramsAsync(Id, Gone))
                histograms.TryAdd(trial, histogram);
            if (_detail!.Spec.Load.IsOpen())
            {
                foreach (var (trial, histogram) in await Runs.UncorrectedHistogramsAsync(Id, Gone))
                    uncorrected.TryAdd(trial, histogram);
            }
        }

        (_histograms, _uncorrected) = (histograms, uncorrected);
    });

    private void ShowView(string? view) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("view", view), replace: true);

    private async Task CancelAsync()
    {
        if (!await Confirm.AskAsync(Dialogs, "Cancel this run?", "The trial that runs now is stopped. What was measured until then is kept.", "Cancel the run", "Let it run"))
            return;
        _cancelling = await TryAsync("The run could not be cancelled.", () => ControlPlane.CancelAsync(Id, Gone));
    }

    private async Task RunAgainAsync()
    {
        _starting = true;
        await TryAsync("The run could not be started.", async () =>
        {
            var run = await ControlPlane.SubmitAsync(_detail!.Spec, _detail.Row.ExperimentId, Gone);
            Navigation.NavigateTo($"/runs/{run.Id}");
        });
        _starting = false;
    }
}
