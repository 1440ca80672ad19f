using Brigade.Data.Queries;
using Brigade.Web.Cluster;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Experiments;

/// <summary>All experiments of the workspace.</summary>
public sealed partial class ExperimentsPage
{
    private const int PageSize = 50;

    private IReadOnlyList<ExperimentRow>? _rows;
    private int _total;
    private bool _busy;

    [Inject]
    private ExperimentStore Experiments { get; set; } = null!;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task LoadAsync() => ReadAsync([]);

    private async Task MoreAsync()
    {
        _busy = true;
        await ReadAsync(_rows!);
        _busy = false;
    }

    private Task ReadAsync(IReadOnlyList<ExperimentRow> before) => TryLoadAsync("The experiments could not be loaded.", async () =>
    {
        var page = await Experiments.ListAsync(before.Count, PageSize, Gone);
        // Somebody may have added or deleted one meanwhile, so that the pages overlap.
        (_rows, _total) = ([.. before.Concat(page.Items).DistinctBy(row => row.Id)], page.Total);
    });

    private async Task RunAsync(ExperimentRow row)
    {
        _busy = true;
        await TryAsync($"“{row.Name}” could not be started.", async () =>
        {
            var run = await ControlPlane.SubmitAsync(row.Spec, row.Id, Gone);
            Navigation.NavigateTo($"/runs/{run.Id}");
        });
        _busy = false;
    }

    private async Task DeleteAsync(ExperimentRow row)
    {
        var runs = row.RunCount switch
        {
            0 => "It was never run.",
            1 => "Its run stays in the history.",
            _ => $"Its {Numbers.Count(row.RunCount, "run")} stay in the history.",
        };
        if (!await Confirm.AskAsync(Dialogs, $"Delete “{row.Name}”?", runs, "Delete"))
            return;
        if (await TryAsync($"“{row.Name}” could not be deleted.", () => Experiments.DeleteAsync(row.Id, Gone)))
        {
            Snackbar.Add($"“{row.Name}” was deleted.", Severity.Normal);
            (_rows, _total) = ([.. _rows!.Where(other => other.Id != row.Id)], _total - 1);
        }
    }

    // Many buttons say the same: their names tell a screen reader's user which row they mean.
    private static Dictionary<string, object?> Labelled(string action, ExperimentRow row) => new(StringComparer.Ordinal) { ["aria-label"] = $"{action} {row.Name}" };
}
