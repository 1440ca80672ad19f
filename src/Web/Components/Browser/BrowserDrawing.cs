using Microsoft.JSInterop;

namespace Brigade.Web.Components.Browser;

/// <summary>
/// What the <c>create</c> of a script draws into a part of the page and is told later. Whatever becomes of the browser or the component meanwhile, nothing of it stays behind in the page.
/// </summary>
public sealed class BrowserDrawing : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationToken _isGone;
    private IJSObjectReference? _module;
    private IJSObjectReference? _drawing;

    public BrowserDrawing() => _isGone = _gone.Token;

    /// <summary>Whether it can be told anything.</summary>
    public bool IsReady => _drawing is not null;

    /// <summary>Loads the script and lets it draw; false where the browser cannot, or the component has left meanwhile.</summary>
    public async Task<bool> CreateAsync(IJSRuntime js, string script, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(js);
        try
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", script);
            if (!_isGone.IsCancellationRequested)
                _drawing = await _module.InvokeAsync<IJSObjectReference>("create", arguments);
        }
        catch (Exception exception) when (IsOfTheBrowser(exception))
        {
            // The page is still of use without the drawing.
        }

        if (_isGone.IsCancellationRequested)
            await ReleaseAsync();
        return IsReady;
    }

    /// <summary>Calls a function of the drawing; false where the browser did not take it.</summary>
    public async Task<bool> SendAsync(string function, CancellationToken cancellation, params object?[] arguments)
    {
        if (_drawing is not { } drawing || _isGone.IsCancellationRequested)
            return false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _isGone);
        patience.CancelAfter(Patience);
        try
        {
            await drawing.InvokeVoidAsync(function, patience.Token, arguments);
            return true;
        }
        catch (Exception exception) when (IsOfTheBrowser(exception) || exception is ObjectDisposedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await ReleaseAsync();
        _gone.Dispose();
    }

    private async Task ReleaseAsync()
    {
        var (drawing, module) = (_drawing, _module);
        _drawing = _module = null;
        try
        {
            if (drawing is not null)
            {
                await drawing.InvokeVoidAsync("dispose");
                await drawing.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (Exception exception) when (IsOfTheBrowser(exception))
        {
            // The browser has left already, and took everything with it.
        }
    }

    private static bool IsOfTheBrowser(Exception exception) => exception is JSException or JSDisconnectedException or OperationCanceledException;
}
