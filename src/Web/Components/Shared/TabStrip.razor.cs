using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Brigade.Web.Components.Shared;

/// <summary>Tabs of which one is shown. Who uses it keeps which one, so that the address can.</summary>
public sealed partial class TabStrip
{
    private readonly Dictionary<string, ElementReference> _buttons = new(StringComparer.Ordinal);
    private string? _focusNext;

    /// <summary>What the tabs are views of, for who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>From left to right; none shows nothing.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TabView> Tabs { get; set; } = [];

    /// <summary>Key of the tab that is shown; the first one where there is no such.</summary>
    [Parameter]
    public string? Chosen { get; set; }

    /// <summary>Gives the key; null for the first tab, which an address need not name.</summary>
    [Parameter]
    public EventCallback<string?> ChosenChanged { get; set; }

    private TabView Shown => Tabs.FirstOrDefault(tab => string.Equals(tab.Key, Chosen, StringComparison.Ordinal)) ?? Tabs[0];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusNext is not { } key || !string.Equals(Shown.Key, key, StringComparison.Ordinal))
            return;
        _focusNext = null;
        try
        {
            await _buttons[key].FocusAsync(preventScroll: false);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The reader has left.
        }
    }

    private static string IdOf(TabView tab, string what) => $"{what}-{tab.Key}";

    private bool IsShown(TabView tab) => ReferenceEquals(tab, Shown);

    private Task ChooseAsync(TabView tab) => ChosenChanged.InvokeAsync(ReferenceEquals(tab, Tabs[0]) ? null : tab.Key);

    private Task MoveAsync(TabView from, KeyboardEventArgs args)
    {
        var step = args switch
        {
            { CtrlKey: true } or { AltKey: true } or { MetaKey: true } => 0,
            { Key: "ArrowRight" } => 1,
            { Key: "ArrowLeft" } => -1,
            _ => 0,
        };
        if (step == 0)
            return Task.CompletedTask;
        var at = Tabs.Index().First(pair => string.Equals(pair.Item.Key, from.Key, StringComparison.Ordinal)).Index;
        var next = Tabs[(at + step + Tabs.Count) % Tabs.Count];
        _focusNext = next.Key;
        return ChooseAsync(next);
    }
}
