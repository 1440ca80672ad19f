using System.Diagnostics.CodeAnalysis;
using Brigade.Web.Components.Browser;
using Microsoft.JSInterop;

namespace Brigade.Web.Tests.Components.Browser;

public sealed class BrowserDrawingTests
{
    private readonly BrowserDrawing _drawing = new();
    private readonly Browser _browser = new();

    [Fact]
    public async Task Send_Created_ReachesTheDrawing()
    {
        Assert.False(await _drawing.SendAsync("append", CancellationToken.None));
        Assert.True(await _drawing.CreateAsync(_browser, "/dist/x.js"));
        Assert.True(await _drawing.SendAsync("append", CancellationToken.None));
        await _drawing.DisposeAsync();

        Assert.Equal(["import", "create", "append", "dispose"], _browser.Calls, StringComparer.Ordinal);
        Assert.Equal(2, _browser.Released);
        Assert.False(await _drawing.SendAsync("append", CancellationToken.None));
    }

    [Theory]
    [InlineData("import", 1)]
    [InlineData("create", 2)]
    public async Task Dispose_WhileTheBrowserIsAtIt_ReleasesWhatComesLater(string call, int released)
    {
        _browser.HeldCall = call;
        var creating = _drawing.CreateAsync(_browser, "/dist/x.js");

        await _drawing.DisposeAsync();
        _browser.Hold.SetResult();

        Assert.False(await creating);
        Assert.Equal(released, _browser.Released);
        Assert.Equal(released == 2, _browser.Calls.Contains("dispose", StringComparer.Ordinal));
    }

    [Fact]
    public async Task Create_BrowserThatFails_IsFalse()
    {
        _browser.Fault = new JSException("No such module.");

        Assert.False(await _drawing.CreateAsync(_browser, "/dist/x.js"));
        await _drawing.DisposeAsync();
    }

    /// <summary>A browser and all that its scripts make, in one.</summary>
    private sealed class Browser : IJSRuntime
    {
        public List<string> Calls { get; } = [];

        public int Released { get; private set; }

        public string? HeldCall { get; set; }

        public Exception? Fault { get; set; }

        public TaskCompletionSource Hold { get; } = new();

        public async ValueTask<T> InvokeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)] T>(string identifier, object?[]? args)
        {
            Calls.Add(identifier);
            if (string.Equals(identifier, HeldCall, StringComparison.Ordinal))
                await Hold.Task;
            if (Fault is { } fault)
                throw fault;
            return new Made(this) is T made ? made : default!;
        }

        public ValueTask<T> InvokeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)] T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        private sealed class Made(Browser browser) : IJSObjectReference
        {
            private bool _isReleased;

            public ValueTask<T> InvokeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)] T>(string identifier, object?[]? args)
            {
                ObjectDisposedException.ThrowIf(_isReleased, this);
                return browser.InvokeAsync<T>(identifier, args);
            }

            public ValueTask<T> InvokeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)] T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

            public ValueTask DisposeAsync()
            {
                _isReleased = true;
                browser.Released++;
                return ValueTask.CompletedTask;
            }
        }
    }
}
