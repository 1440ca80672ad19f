using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Web.Access;
using Brigade.Web.Cluster;
using Brigade.Web.Components.Browser;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Runner;

/// <summary>The connected runners, their runtimes and the kernels.</summary>
public sealed partial class RunnerPage
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    private IReadOnlyList<RunnerStatus>? _runners;
    private string? _link;
    private bool _copied;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private IWorkspaceScope Me { get; set; } = null!;

    [Inject]
    private IOneTimeLinks Links { get; set; } = null!;

    [Inject]
    private BrowserModule Browser { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = EveryAsync(RefreshEvery, Time, LoadAsync);
    }

    private async Task MakeLinkAsync()
    {
        // The link signs in as an owner.
        Me.Demand(WorkspaceRole.Owner);
        _link = Navigation.ToAbsoluteUri((await Links.CreateAsync(Guid.TryParse(Me.ActorId, out var user) ? user : null, Gone)).Path).ToString();
        _copied = false;
    }

    private async Task CopyAsync() => _copied = await Browser.CopyAsync(_link!);

    private Task LoadAsync() => TryLoadAsync("The runners could not be asked.", async () => _runners = await ControlPlane.RunnersAsync(Gone));
}
