using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Compare;

/// <summary>Offers ended runs that can be compared with those that are chosen already.</summary>
public sealed partial class RunPicker
{
    private const int Offered = 8;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private static readonly RunStatus[] Ended = [.. Enum.GetValues<RunStatus>().Where(status => status.IsTerminal())];

    private IReadOnlyList<RunRow>? _found;
    private Debouncer? _debounce;
    private string _text = "";
    private bool _open;
    private bool _wasOffered;
    private string? _loaded;

    /// <summary>Runs of its experiment are offered first; null where nothing is chosen yet.</summary>
    [Parameter]
    public RunRow? Like { get; set; }

    /// <summary>Runs that are not offered again.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Guid> Chosen { get; set; } = [];

    /// <summary>Whether it is open to begin with.</summary>
    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback<Guid> OnPick { get; set; }

    [Inject]
    private RunStore Runs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override void OnInitialized() => _debounce = new Debouncer(Time, Quiet, () => InvokeAsync(async () =>
    {
        await LoadAsync();
        StateHasChanged();
    }));

    protected override Task OnParametersSetAsync()
    {
        // What the reader closed stays closed.
        _open |= Open && !_wasOffered;
        _wasOffered = Open;
        var key = $"{Like?.Id} {string.Join(',', Chosen)}";
        if (!_open || string.Equals(_loaded, key, StringComparison.Ordinal))
            return Task.CompletedTask;
        _loaded = key;
        return LoadAsync();
    }

    protected override ValueTask LeaveAsync()
    {
        _debounce?.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task ToggleAsync()
    {
        _open = !_open;
        return _open && _found is null ? LoadAsync() : Task.CompletedTask;
    }

    private void OnSearch(ChangeEventArgs args)
    {
        _text = args.Value as string ?? "";
        _debounce!.Touch();
    }

    private Task LoadAsync() => TryLoadAsync("The runs could not be listed.", async () =>
    {
        var text = _text.Trim();
        var page = await Runs.ListAsync(
            new RunQuery { Search = text, Statuses = Ended, ExperimentId = text.Length == 0 ? Like?.ExperimentId : null, Take = Offered + ComparedIds.Most }, Gone);
        if (string.Equals(text, _text.Trim(), StringComparison.Ordinal))
            _found = [.. page.Items.Where(run => run.TrialsEnded > 0 && !Chosen.Contains(run.Id)).Take(Offered)];
    });
}
