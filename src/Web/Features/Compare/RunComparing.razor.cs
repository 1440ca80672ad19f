using Brigade.Analysis.Comparing;
using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Compare;

/// <summary>How an ended run compares with its baseline, in one line, with the ways to other comparisons.</summary>
public sealed partial class RunComparing
{
    private BaselineRow? _baseline;
    private Comparison? _comparison;
    private RunRow? _previous;
    private IReadOnlyList<BaselineRow> _pinned = [];
    private Guid? _loaded;
    private bool _isLoaded;
    private bool _hasFigures;

    /// <summary>A run that has ended.</summary>
    [Parameter, EditorRequired]
    public RunRow Run { get; set; } = null!;

    [Inject]
    private BaselineStore Baselines { get; set; } = null!;

    [Inject]
    private ComparisonStore Store { get; set; } = null!;

    [Inject]
    private Comparisons Comparisons { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private string Against => _baseline!.Tag.Length > 0 ? $"Against the baseline of “{_baseline.Tag}”" : "Against the baseline";

    private bool CanPin => Run is { ExperimentId: not null, Status: RunStatus.Completed } && _isLoaded;

    protected override Task OnParametersSetAsync() => _loaded == Run.Id ? Task.CompletedTask : LoadAsync();

    private Task LoadAsync() => TryLoadAsync("The comparison with the baseline could not be made.", async () =>
    {
        _loaded = Run.Id;
        (_baseline, _comparison, _previous, _pinned, _isLoaded) = (null, null, null, [], false);
        if (Run.ExperimentId is not null)
        {
            _pinned = await Baselines.OfRunAsync(Run.Id, Gone);
            _previous = await Store.PreviousAsync(Run, Gone);
            _baseline = await Baselines.ForAsync(Run, Gone);
        }

        if (_baseline is { } baseline)
        {
            StateHasChanged();
            var compared = await Comparisons.CompareAsync([baseline.RunId, Run.Id], [], Gone);
            (_comparison, _hasFigures) = (compared.Comparison, compared.Unmeasured.All(run => run.Id != Run.Id));
        }

        _isLoaded = true;
    });

    private Task PinAsync() => TryAsync("The run could not be pinned.", async () =>
    {
        var existing = await Baselines.ListAsync(Run.ExperimentId!.Value, Gone);
        var dialog = await Dialogs.ShowAsync<PinDialog>(
            "Pin as baseline", new DialogParameters<PinDialog> { { it => it.Run, Run }, { it => it.Existing, existing } }, new DialogOptions { CloseOnEscapeKey = true, MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        if (await dialog.Result is not { Canceled: false, Data: Pin pin })
            return;
        await Baselines.PinAsync(Run.ExperimentId.Value, pin.Tag, Run.Id, pin.Note, Gone);
        Snackbar.Add("Pinned: later runs are compared with this one.", Severity.Success);
        await LoadAsync();
    });
}
