using Brigade.Web.Cluster;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Runner;

/// <summary>The connected runners, their runtimes and the kernels.</summary>
public sealed partial class RunnerPage
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    private IReadOnlyList<RunnerStatus>? _runners;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = EveryAsync(RefreshEvery, Time, LoadAsync);
    }

    private Task LoadAsync() => TryAsync("The runners could not be asked.", async () => _runners = await ControlPlane.RunnersAsync(Gone));
}
