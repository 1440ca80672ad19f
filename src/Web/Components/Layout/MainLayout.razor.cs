using Brigade.Web.Components.Browser;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Brigade.Web.Components.Layout;

/// <summary>The frame around every page.</summary>
public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _boundary;
    private bool _open;
    private bool _ready;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private BrowserModule Browser { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    private string SkipTarget => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0] + "#main";

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        // Pages wait for the time zone, so that no time jumps after it was read.
        Clock.UseZone(await Browser.TimeZoneAsync());
        _ready = true;
        StateHasChanged();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() =>
    {
        _open = false;
        _boundary?.Recover();
        StateHasChanged();
    });

    private Task SkipAsync() => Browser.FocusFirstAsync("#main");

    private void Recover() => _boundary?.Recover();
}
