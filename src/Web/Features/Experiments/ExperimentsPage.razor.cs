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
    private IReadOnlyList<ExperimentRow>? _rows;
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

    private Task LoadAsync() => TryLoadAsync("The experiments could not be loaded.", async () => _rows = await Experiments.ListAsync(Gone));

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
            await LoadAsync();
        }
    }

    // Many buttons say the same: their names tell a screen reader's user which row they mean.
    private static Dictionary<string, object?> Labelled(string action, ExperimentRow row) => new(StringComparer.Ordinal) { ["aria-label"] = $"{action} {row.Name}" };
}
