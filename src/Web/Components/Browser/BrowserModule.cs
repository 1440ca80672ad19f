using Microsoft.JSInterop;

namespace Brigade.Web.Components.Browser;

/// <summary>What only the browser knows or can do. Each call answers a sensible value where the browser is gone.</summary>
public sealed class BrowserModule(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>The reader's time zone by its IANA name.</summary>
    public Task<string> TimeZoneAsync() => CallAsync("timeZone", "UTC");

    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>.</summary>
    public Task<string> ThemeChoiceAsync() => CallAsync("themeChoice", "system");

    public Task ChooseThemeAsync(string choice) => CallAsync<object?>("chooseTheme", null, choice);

    /// <summary>Whether the text is on the reader's clipboard now.</summary>
    public Task<bool> CopyAsync(string text) => CallAsync("copy", false, text);

    /// <summary>Focuses the first element that matches.</summary>
    public Task FocusFirstAsync(string selector) => CallAsync<object?>("focusFirst", null, selector);

    public async ValueTask DisposeAsync()
    {
        if (_module is not { } module)
            return;
        try
        {
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser took the module with it.
        }
    }

    private async Task<T> CallAsync<T>(string function, T otherwise, params object?[] arguments)
    {
        try
        {
            _module ??= await js.InvokeAsync<IJSObjectReference>("import", "/dist/browser.js");
            return await _module.InvokeAsync<T>(function, arguments) ?? otherwise;
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            return otherwise;
        }
    }
}
