using System.Net;
using System.Net.WebSockets;
using System.Text;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Live;

public sealed class ScreenSocketsTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Whose the server's token is.</summary>
    private readonly FakeMember _owner = new() { ActorId = "key:server" };

    [Fact]
    public async Task Connect_PathOfAnOpenPage_GetsWhatThePageSends()
    {
        using var page = Sockets.OpenFor(_owner);
        using var browser = await ConnectAsync(page.Path);
        while (!page.IsConnected)
            await Task.Yield();

        Assert.True(await page.TrySendAsync("frames"u8.ToArray(), CancellationToken.None));

        var buffer = new byte[64];
        var message = await browser.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
        Assert.Equal("frames", Encoding.UTF8.GetString(buffer, 0, message.Count));
    }

    [Fact]
    public async Task Connect_PageThatIsGone_IsNotFound()
    {
        var page = Sockets.OpenFor(_owner);
        page.Dispose();

        Assert.Equal(HttpStatusCode.NotFound, await RefusalAsync(page.Path));
    }

    [Fact]
    public async Task Connect_PageOfSomebodyElse_IsNotFound()
    {
        using var page = Sockets.OpenFor(new FakeMember());

        Assert.Equal(HttpStatusCode.NotFound, await RefusalAsync(page.Path));
    }

    [Fact]
    public async Task Connect_PageInAnotherWorkspace_IsNotFound()
    {
        using var page = Sockets.OpenFor(new FakeMember { ActorId = "key:server", WorkspaceId = Guid.NewGuid() });

        Assert.Equal(HttpStatusCode.NotFound, await RefusalAsync(page.Path));
    }

    [Fact]
    public async Task Connect_WithoutAWebSocket_IsNotFound()
    {
        using var page = Sockets.OpenFor(_owner);
        using var client = server.Client();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(page.Path)).StatusCode);
    }

    [Fact]
    public async Task Session_Ends_CutsTheConnection()
    {
        using var page = Sockets.OpenFor(_owner);
        using var browser = await ConnectAsync(page.Path);
        while (!page.IsConnected)
            await Task.Yield();

        server.Services.GetRequiredService<ISessions>().End(_owner.ActorId);

        await Assert.ThrowsAsync<WebSocketException>(() => browser.ReceiveAsync(new byte[16], CancellationToken.None)).WaitAsync(Patience);
    }

    [Fact]
    public async Task Connect_NotSignedIn_IsRefused()
    {
        using var page = Sockets.OpenFor(_owner);

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(page.Path, token: null));
    }

    [Fact]
    public async Task Connect_FromAnotherSite_IsRefused()
    {
        using var page = Sockets.OpenFor(_owner);

        Assert.Equal(HttpStatusCode.Forbidden, await RefusalAsync(page.Path, origin: "https://elsewhere.example"));
    }

    private ScreenSockets Sockets => server.Services.GetRequiredService<ScreenSockets>();

    private static ClientWebSocket Browser(string? token, string? origin)
    {
        var browser = new ClientWebSocket();
        browser.Options.CollectHttpResponseDetails = true;
        if (token is not null)
            browser.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        if (origin is not null)
            browser.Options.SetRequestHeader("Origin", origin);
        return browser;
    }

    private async Task<ClientWebSocket> ConnectAsync(string path)
    {
        var browser = Browser(BrigadeServer.Token, origin: null);
        await browser.ConnectAsync(Address(path), CancellationToken.None).WaitAsync(Patience);
        return browser;
    }

    private async Task<HttpStatusCode> RefusalAsync(string path, string? token = BrigadeServer.Token, string? origin = null)
    {
        using var browser = Browser(token, origin);
        await Assert.ThrowsAsync<WebSocketException>(() => browser.ConnectAsync(Address(path), CancellationToken.None));
        return browser.HttpStatusCode;
    }

    private Uri Address(string path) => new(new Uri(server.Address.Replace("http://", "ws://", StringComparison.Ordinal)), path);
}
