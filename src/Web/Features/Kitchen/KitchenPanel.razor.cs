using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Browser;
using Brigade.Web.Features.Runs;
using Brigade.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Brigade.Web.Features.Kitchen;

/// <summary>
/// One trial as a timeline of its workers and tasks and, where asked, as a kitchen above it. It watches the run by itself, and only while it is shown: other views cost nothing of it.
/// </summary>
public sealed partial class KitchenPanel
{
    private const int MostRows = 256;

    private static readonly TimeSpan WordsEvery = TimeSpan.FromSeconds(1);

    private readonly BrowserDrawing _drawing = new();
    private ElementReference _root;
    private IRunViewer? _viewer;
    private LivePump? _pump;
    private IReadOnlyList<TrialLook> _looks = [];
    private IReadOnlyList<string> _names = [];
    private object? _readPlan;
    private int? _trial;
    private int? _asked;
    private KitchenScene? _scene;
    private ChefReader? _reader;
    private KitchenTotals _totals = new();
    private object? _sent;
    private long _saidAt;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private ILiveRuns Live { get; set; } = null!;

    [Inject]
    private CircuitConnection Connection { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunSnapshot Snapshot { get; set; } = null!;

    [Parameter, EditorRequired]
    public ExperimentSpec Spec { get; set; } = null!;

    /// <summary>The trial that is shown; null follows the one that runs, and stays with the last.</summary>
    [Parameter]
    public int? Selected { get; set; }

    [Parameter]
    public EventCallback<int?> SelectedChanged { get; set; }

    /// <summary>Whether the kitchen is drawn above the timeline.</summary>
    [Parameter]
    public bool WithPicture { get; set; }

    private bool Ended => Snapshot.Status.IsTerminal();

    private TrialResult? Result => _trial is { } trial && trial < Snapshot.Trials.Count ? Snapshot.Trials[trial].Result : null;

    /// <summary>Processes and threads of the trial.</summary>
    private string? Where => _scene is not { } scene ? null : scene.Strategy switch
    {
        Strategy.Sequential => "one process, one thread",
        Strategy.Async => $"one process, one thread, {scene.Workers} coroutines",
        Strategy.Threads or Strategy.Pool => $"one process, {scene.Workers} threads",
        Strategy.Processes => $"{scene.Workers} processes with a thread each",
        _ => $"a process for each task, {scene.Workers} at a time",
    };

    public bool CanDraw => _drawing.IsReady;

    public Task ShowAsync(RunSnapshot snapshot) => Task.CompletedTask;

    public async Task<bool> DrawAsync(IReadOnlyList<Frame> frames, bool isWhole, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(frames);
        // Trials run one after the other: the newest that has a frame is the one that runs, or ran last.
        var trial = Selected ?? Math.Max(frames.Max(frame => frame.Trial), isWhole ? 0 : _trial ?? 0);
        if (trial != _trial)
            await UseAsync(trial);
        if (isWhole)
            Forget();
        if (_reader is not { } reader)
            return true;
        var points = reader.Read(frames.Where(frame => frame.Trial == trial));
        if (points.Count == 0 && !isWhole)
            return true;
        _totals.Add(points);
        Say();
        return await _drawing.SendAsync("append", cancellation, new { trial, reset = isWhole, points });
    }

    protected override async ValueTask LeaveAsync()
    {
        Connection.Restored -= OnRestored;
        _pump?.Dispose();
        if (_viewer is { } viewer)
            await viewer.DisposeAsync();
        _viewer = null;
        await _drawing.DisposeAsync();
    }

    protected override void OnInitialized() => Connection.Restored += OnRestored;

    protected override async Task OnParametersSetAsync()
    {
        if (Snapshot.Plan is { } plan && !ReferenceEquals(_readPlan, plan))
        {
            _readPlan = plan;
            _looks = TrialLook.Of(plan);
        }

        if (_asked == Selected)
        {
            await SendSceneAsync();
            return;
        }

        _asked = Selected;
        if (Selected is { } selected)
            await UseAsync(selected);
        _pump?.Resend();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        if (await _drawing.CreateAsync(Js, "/dist/kitchen.js", _root))
            await OpenAsync();
    }

    private Task OpenAsync() => TryLoadAsync("The tasks of this run could not be loaded.", async () =>
    {
        _pump?.Dispose();
        if (_viewer is null)
        {
            var viewer = await Live.WatchAsync(Snapshot.RunId, Gone);
            // The reader may have left meanwhile, or asked again: then nobody else lets go of it.
            if (viewer is not null && (Gone.IsCancellationRequested || _viewer is not null))
            {
                await viewer.DisposeAsync();
                return;
            }

            _viewer = viewer;
        }
        else
        {
            // What it gave before the connection was lost is asked for again.
            _viewer.Rewind();
        }

        if (_viewer is null)
            return;
        _asked = Selected;
        if (Selected is { } selected)
            await UseAsync(selected);
        _pump = new LivePump(_viewer, this, Time);
        _ = WatchAsync(_pump);
    });

    private async Task WatchAsync(LivePump pump)
    {
        if (await TryLoadAsync("The connection to this run was lost.", () => pump.RunAsync(Gone)) || Gone.IsCancellationRequested)
            return;
        StateHasChanged();
    }

    private async Task UseAsync(int trial)
    {
        // The viewer's own is never older than a frame; a search's plan grows.
        if ((_viewer?.Snapshot.Plan ?? Snapshot.Plan) is not { } plan || trial >= plan.Trials.Count)
            return;
        _trial = trial;
        _scene = KitchenScene.Of(plan.Cells[plan.Trials[trial].Cell], Spec, Snapshot.Machine ?? _viewer?.Snapshot.Machine);
        _names = _scene.Lanes();
        Forget();
        await SendSceneAsync();
    }

    private void Forget()
    {
        _totals = new KitchenTotals();
        _reader = _scene is null ? null : new ChefReader(_scene);
        _saidAt = 0;
    }

    private async Task SendSceneAsync()
    {
        if (!_drawing.IsReady || _scene is not { } scene)
            return;
        var live = !Ended && Result is null;
        var carrying = KitchenWords.CarryingShare(scene, Result);
        var now = (_trial, live, carrying);
        if (now.Equals(_sent))
            return;
        _sent = now;
        var isSent = await _drawing.SendAsync("scene", CancellationToken.None, new
        {
            trial = _trial,
            live,
            layout = scene.Layout,
            workers = scene.Workers,
            stoves = scene.Stoves,
            oneStove = scene.OneStove,
            oven = scene.Waits == TaskWait.Answer,
            carries = scene.Layout == KitchenScene.Rooms && live,
            carrying,
            lanes = _names,
            words = KitchenWords.Letters(scene),
            stove = "stoves (processors)",
        });
        if (!isSent)
            _sent = null;
    }

    // Words change once a second: the picture is what moves.
    private void Say()
    {
        if (_saidAt != 0 && Time.GetElapsedTime(_saidAt) < WordsEvery)
            return;
        _saidAt = Time.GetTimestamp();
        StateHasChanged();
    }

    private void OnRestored(object? sender, EventArgs args) => _ = InvokeAsync(async () =>
    {
        _sent = null;
        await SendSceneAsync();
        _pump?.Resend();
    });
}
