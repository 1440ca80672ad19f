using Brigade.Web.Live;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Live;

public sealed class ScreenSocketTests : IDisposable
{
    private const int Room = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeMember _me = new();
    private readonly ScreenSockets _sockets = new();
    private readonly ScreenSocket _socket;
    private readonly FakeBrowserSocket _browser = new();
    private int _broken;

    public ScreenSocketTests()
    {
        _socket = _sockets.OpenFor(_me);
        _socket.Broken += (_, _) => _broken++;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _browser.Dispose();
    }

    [Fact]
    public async Task TrySendAsync_NobodyConnected_IsFalse()
    {
        Assert.False(_socket.IsConnected);
        Assert.False(await SendAsync("x"));
    }

    [Fact]
    public async Task TrySendAsync_Connected_ArrivesInOrder()
    {
        var serving = _socket.ServeAsync(_browser, CancellationToken.None);

        Assert.True(await SendAsync("one"));
        Assert.True(await SendAsync("two"));

        Assert.Equal(["one", "two"], [await _browser.NextAsync(), await _browser.NextAsync()]);
        _browser.Close();
        await serving.WaitAsync(Patience);
        Assert.True(_browser.IsClosed);
    }

    [Fact]
    public async Task TrySendAsync_BrowserTakesNothing_WaitsForAnAcknowledgement()
    {
        var serving = _socket.ServeAsync(_browser, CancellationToken.None);
        for (var i = 0; i < Room; i++)
            Assert.True(await SendAsync("x"));

        var waiting = SendAsync("y");
        Assert.False(waiting.IsCompleted);
        _browser.Acknowledge();

        Assert.True(await waiting.WaitAsync(Patience));
        _browser.Break();
        await serving.WaitAsync(Patience);
    }

    [Fact]
    public async Task TrySendAsync_NotWantedAnyMore_StopsWaiting()
    {
        var serving = _socket.ServeAsync(_browser, CancellationToken.None);
        for (var i = 0; i < Room; i++)
            await SendAsync("x");
        using var cancellation = new CancellationTokenSource();

        var waiting = _socket.TrySendAsync("y"u8.ToArray(), cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        Assert.False(await waiting.WaitAsync(Patience));
        _browser.Break();
        await serving.WaitAsync(Patience);
    }

    [Fact]
    public async Task ServeAsync_CutWithMessagesOnTheirWay_SaysSo()
    {
        var serving = _socket.ServeAsync(_browser, CancellationToken.None);
        await SendAsync("x");

        _browser.Break();
        await serving.WaitAsync(Patience);

        Assert.Equal(1, _broken);
        Assert.False(_socket.IsConnected);
        Assert.False(await SendAsync("y"));
    }

    [Fact]
    public async Task ServeAsync_BrowserConnectsAgain_TheLaterConnectionCounts()
    {
        var former = _socket.ServeAsync(_browser, CancellationToken.None);
        using var again = new FakeBrowserSocket();
        var serving = _socket.ServeAsync(again, CancellationToken.None);
        await former.WaitAsync(Patience);

        Assert.True(_browser.IsAborted);
        Assert.True(await SendAsync("x"));

        Assert.Equal("x", await again.NextAsync());
        again.Break();
        await serving.WaitAsync(Patience);
    }

    [Fact]
    public async Task Dispose_Connected_EndsTheConnectionAndForgetsThePath()
    {
        var serving = _socket.ServeAsync(_browser, CancellationToken.None);
        await SendAsync("x");

        _socket.Dispose();
        await serving.WaitAsync(Patience);

        Assert.Null(_sockets.Find(_socket.Path, _me));
        Assert.Equal(0, _broken);
    }

    [Fact]
    public async Task ServeAsync_ServerStops_Ends()
    {
        using var stopping = new CancellationTokenSource();
        var serving = _socket.ServeAsync(_browser, stopping.Token);

        await stopping.CancelAsync();

        await serving.WaitAsync(Patience);
    }

    private Task<bool> SendAsync(string text) => _socket.TrySendAsync(System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None).AsTask();
}
