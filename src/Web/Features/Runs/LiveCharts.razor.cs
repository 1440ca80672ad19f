using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Web.Components.Browser;
using Brigade.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Brigade.Web.Features.Runs;

/// <summary>The charts of a run. Their frames go to the browser as data; this markup changes only with the run's structure.</summary>
public sealed partial class LiveCharts : IAsyncDisposable
{
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly BrowserDrawing _charts = new();
    private ElementReference _root;
    private ScreenSocket? _socket;
    private IReadOnlyList<TrialLook> _looks = [];
    private IReadOnlyList<string> _strategies = [];
    private IReadOnlyList<string> _runtimes = [];
    private IReadOnlyList<int> _workers = [];
    private object? _readPlan;
    private object? _sentPlan;
    private int? _sentCurrent;
    private int? _sentSelected;
    private bool _log;
    private bool _all;
    private bool _done;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private CircuitConnection Connection { get; set; } = null!;

    [Inject]
    private ScreenSockets Sockets { get; set; } = null!;

    [Inject]
    private IWorkspaceScope Me { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunSnapshot Snapshot { get; set; } = null!;

    /// <summary>How the work comes: an open load's arrivals are drawn beside what was achieved.</summary>
    [Parameter]
    public LoadSpec? Load { get; set; }

    /// <summary>The trial shown in detail; null follows the one that runs.</summary>
    [Parameter]
    public int? Selected { get; set; }

    [Parameter]
    public EventCallback<int?> SelectedChanged { get; set; }

    /// <summary>The charts are there and empty: send everything.</summary>
    [Parameter]
    public EventCallback OnReady { get; set; }

    /// <summary>Whether there is anything that frames could be drawn in.</summary>
    internal bool IsReady => _charts.IsReady;

    private bool Ended => Snapshot.Status.IsTerminal();

    private string Title => Ended ? "How it ran" : "Live";

    private int? Current => Snapshot.CurrentTrial ?? Snapshot.Trials.Where(trial => trial.Result is not null && HasRun(trial)).Max(trial => (int?)trial.Index);

    /// <summary>Arrivals per second, for so many seconds each; empty for a closed load.</summary>
    private object[] Offered => [.. (Load?.OpenStages() ?? []).Select(stage => new { rate = stage.Rate, seconds = stage.For.TotalSeconds })];

    private bool HasRepetitions => Snapshot.Plan!.Trials.Count > Snapshot.Plan.Cells.Count;

    /// <summary>The trials drawn together: of each cell the newest one, or all.</summary>
    private int[] Visible
    {
        get
        {
            var newest = Snapshot.Plan!.Trials.Where(trial => trial.Index < Snapshot.Trials.Count && HasRun(Snapshot.Trials[trial.Index]))
                .GroupBy(trial => trial.Cell).Select(trials => trials.Max(trial => trial.Index)).ToHashSet();
            return [.. _looks.Where(look => !_hidden.Contains(look.Strategy) && !_hidden.Contains(look.Runtime) && !_hidden.Contains(WorkersKey(look.Workers)) && (_all || newest.Contains(look.Trial)))
                .Select(look => look.Trial)];
        }
    }

    /// <summary>Hands frames to the browser; false where it did not take them. By its socket where it has one, else by a call.</summary>
    public async Task<bool> DrawAsync(IReadOnlyList<Frame> frames, bool isWhole, CancellationToken cancellation)
    {
        if (!_charts.IsReady)
            return false;
        var message = FrameBatches.ToMessage(frames, isWhole);
        return _socket is { IsConnected: true } socket
            ? await socket.TrySendAsync(message.Utf8, cancellation)
            : await _charts.SendAsync("append", cancellation, message);
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Restored -= OnRestored;
        _socket?.Dispose();
        await _charts.DisposeAsync();
    }

    protected override void OnInitialized() => Connection.Restored += OnRestored;

    protected override void OnParametersSet()
    {
        if (Snapshot.Plan is not { } plan || ReferenceEquals(_readPlan, plan))
            return;
        _readPlan = plan;
        _looks = TrialLook.Of(plan);
        _strategies = [.. plan.Cells.Select(cell => cell.Strategy).Distinct().Order().Select(EnumName.Of)];
        _runtimes = TrialLook.RuntimesOf(plan);
        // Runtimes differ by orders of magnitude: on a linear scale the slower one would be a line at the bottom.
        _log = _runtimes.Count > 1;
        _workers = [.. _looks.Select(look => look.Workers).Distinct().Order()];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            if (!await _charts.CreateAsync(Js, "/dist/runCharts.js", _root))
                return;
            await SendStructureAsync();
            await SendShownAsync();
            await OnReady.InvokeAsync();
            await ListenAsync();
            return;
        }

        await SendStructureAsync();
    }

    // An ended run's frames come once.
    private async Task ListenAsync()
    {
        if (Ended || !_charts.IsReady)
            return;
        _socket = Sockets.OpenFor(Me);
        _socket.Broken += OnBroken;
        await SendAsync("listen", _socket.Path);
    }

    private void OnBroken(object? sender, EventArgs args) => _ = InvokeAsync(OnReady.InvokeAsync);

    // What waits its turn, or was not needed, has nothing to draw.
    private static bool HasRun(TrialSnapshot trial) => trial.Status is not (TrialStatus.Pending or TrialStatus.Skipped);

    private static string WorkersKey(int workers) => string.Create(CultureInfo.InvariantCulture, $"×{workers}");

    private async Task SendStructureAsync()
    {
        if (!_charts.IsReady || Snapshot.Plan is null)
            return;
        if (!ReferenceEquals(_sentPlan, Snapshot.Plan) || _sentCurrent != Current)
        {
            (_sentPlan, _sentCurrent) = (Snapshot.Plan, Current);
            if (!await SendAsync("structure", _looks, Current, Visible, !Ended, Offered))
                _sentPlan = null;
        }

        if (_sentSelected != Selected)
        {
            _sentSelected = Selected;
            await SendAsync("select", Selected);
        }
    }

    private Task ToggleAsync(string key, bool isShown)
    {
        if (isShown)
            _hidden.Remove(key);
        else
            _hidden.Add(key);
        return SendShownAsync();
    }

    private Task UseLogAsync(bool log)
    {
        _log = log;
        return SendShownAsync();
    }

    private Task UseAllAsync(bool all)
    {
        _all = all;
        return SendShownAsync();
    }

    private Task UseDoneAsync(bool done)
    {
        _done = done;
        _log = _log && !done;
        return SendShownAsync();
    }

    private Task SendShownAsync() => SendAsync("show", Visible, _log, _done);

    // What was sent during the cut is lost.
    private void OnRestored(object? sender, EventArgs args) => _ = InvokeAsync(async () =>
    {
        (_sentPlan, _sentSelected) = (null, null);
        await SendStructureAsync();
        await SendShownAsync();
    });

    private Task<bool> SendAsync(string function, params object?[] arguments) => _charts.SendAsync(function, CancellationToken.None, arguments);
}
