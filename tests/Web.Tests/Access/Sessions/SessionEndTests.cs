using System.Net;
using System.Net.WebSockets;
using System.Text;
using Brigade.Data.Entities;
using Brigade.Web.Access;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Access.Sessions;

/// <summary>Sessions end at once, on the real server.</summary>
public sealed class SessionEndTests : IAsyncLifetime
{
    private readonly BrigadeServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenPage_AccountIsDisabled_IsCut(bool isTold)
    {
        var (cookie, user) = await SignInAsync();
        using var page = await OpenAsync(cookie);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var closing = ClosedAsync(page, patience.Token);

        await DisableAsync(user);
        if (isTold)
            _server.Services.GetRequiredService<ISessions>().End(user);

        // Where nobody says so, the patrol finds out, as on another node. The machine may be busy: three seconds and its slowness.
        await closing;
        using var client = _server.Client(token: null);
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/runs")).StatusCode);
    }

    [Fact]
    public async Task OpenPage_OfSomebodyElse_StaysOpen()
    {
        var (cookie, _) = await SignInAsync();
        using var page = await OpenAsync(cookie);

        _server.Services.GetRequiredService<ISessions>().End(Guid.NewGuid());
        await _server.Services.GetRequiredService<SessionPatrol>().PassAsync(CancellationToken.None);

        Assert.Equal(WebSocketState.Open, page.State);
        Assert.Single(_server.Services.GetRequiredService<OpenSessions>().All);
    }

    [Fact]
    public async Task Cookie_AccountDisabled_DoesNotComeBackWhenEnabledAgain()
    {
        var (cookie, user) = await SignInAsync();
        using var client = _server.Client();
        using var other = await client.PostAsync($"/api/v1/accounts/{user}/disable", null);
        Assert.Equal(HttpStatusCode.NoContent, other.StatusCode);
        using var enabled = await client.PostAsync($"/api/v1/accounts/{user}/enable", null);
        Assert.Equal(HttpStatusCode.NoContent, enabled.StatusCode);

        using var browser = _server.Client(token: null);
        browser.DefaultRequestHeaders.Add("Cookie", cookie);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/runs")).StatusCode);
    }

    private async Task<(string Cookie, Guid User)> SignInAsync()
    {
        using var client = _server.Client(token: null);
        using var opened = await client.GetAsync((await _server.Services.GetRequiredService<IOneTimeLinks>().CreateAsync()).Path);
        await using var scope = _server.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<Brigade.Data.Queries.AccountStore>().FirstOwnerAsync();
        return (opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0], user!.Value);
    }

    private async Task<ClientWebSocket> OpenAsync(string cookie)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", _server.Address);
        await socket.ConnectAsync(new UriBuilder(_server.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var answer = new byte[100];
        var received = await socket.ReceiveAsync(answer, CancellationToken.None);
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(answer, 0, received.Count));

        // The hub knows the connection when it lets the first call through; the filter ran before.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (_server.Services.GetRequiredService<OpenSessions>().All.Count == 0)
            await timer.WaitForNextTickAsync(patience.Token);
        return socket;
    }

    private static async Task ClosedAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, cancellation)).MessageType != WebSocketMessageType.Close)
            {
                // Keep-alives.
            }
        }
        catch (WebSocketException)
        {
            // Cut without a word.
        }
    }

    private async Task DisableAsync(Guid id)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = (await users.FindByIdAsync(id.ToString()))!;
        user.Disabled = true;
        Assert.True((await users.UpdateAsync(user)).Succeeded);
    }
}
