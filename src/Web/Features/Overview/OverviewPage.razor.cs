using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Overview;

/// <summary>What Brigade is for, and what it does now.</summary>
public sealed partial class OverviewPage
{
    private const int MostOpen = 20;
    private static readonly RunStatus[] Open = [.. Enum.GetValues<RunStatus>().Where(status => !status.IsTerminal())];
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(2);

    private Page<RunRow>? _open;
    private IReadOnlyList<RunRow>? _latest;
    private IReadOnlyList<RunnerStatus>? _runners;
    private string? _starting;

    [Inject]
    private RunStore Runs { get; set; } = null!;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool HasRuns => _latest is { Count: > 0 };

    protected override Task OnInitializedAsync() => RefreshAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = EveryAsync(RefreshEvery, Time, RefreshAsync);
    }

    private static Dictionary<string, object?> Labelled(string label) => new(StringComparer.Ordinal) { ["aria-label"] = label };

    private Task RefreshAsync() => TryLoadAsync("The latest runs could not be loaded.", async () =>
    {
        _open = await Runs.ListAsync(new RunQuery { Statuses = Open, Descending = false, Take = MostOpen }, Gone);
        _latest = (await Runs.ListAsync(new RunQuery { Take = 8 }, Gone)).Items;
        _runners = await ControlPlane.RunnersAsync(Gone);
    });

    private async Task RunAsync(SpecPreset preset)
    {
        _starting = preset.Id;
        await TryAsync($"“{preset.Title}” could not be started.", async () =>
        {
            var run = await ControlPlane.SubmitAsync(preset.Spec, experimentId: null, Gone);
            Navigation.NavigateTo($"/runs/{run.Id}");
        });
        _starting = null;
    }
}
