using System.Net;
using System.Net.Sockets;
using System.Text;
using Brigade.Contracts.Network;

namespace Brigade.Contracts.Tests.Network;

/// <summary>The list of tricks by which a request is led to a place that it must not reach. What counts is that no connection comes.</summary>
public sealed class GuardedConnectorTests : IAsyncDisposable
{
    private readonly Listener _hidden = new(IPAddress.Loopback);
    private readonly Listener _open = new(IPAddress.Parse("127.0.0.2"));

    public static TheoryData<string> Tricks =>
    [
        "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://017700000001:PORT/", "http://0177.0.0.1:PORT/", "http://0x7f.0.0.1:PORT/",
        "http://127.1:PORT/", "http://127.0.1:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/", "http://[::1]:PORT/", "http://[::127.0.0.1]:PORT/", "http://[64:ff9b::127.0.0.1]:PORT/",
        "http://0.0.0.0:PORT/", "http://0:PORT/", "http://user@127.0.0.1:PORT/", "http://１２７.0.0.1:PORT/", "http://127.0.0.1.:PORT/", "https://127.0.0.1:PORT/", "http://LOCALHOST:PORT/",
        "file:///etc/passwd", "gopher://127.0.0.1:PORT/_GET", "ftp://127.0.0.1:PORT/", "dict://127.0.0.1:PORT/",
    ];

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task SendAsync_ToLoopbackByATrick_ConnectsToNobody(string url)
    {
        using var client = Client(NetworkRules.PublicOnly);

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(url.Replace("PORT", $"{_hidden.Port}", StringComparison.Ordinal), TestContext.Current.CancellationToken));

        Assert.Equal(0, _hidden.Connections);
    }

    [Fact]
    public async Task SendAsync_Refused_SaysWhyAndHowToMendIt()
    {
        using var client = Client(NetworkRules.PublicOnly);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"http://127.0.0.1:{_hidden.Port}/", TestContext.Current.CancellationToken));

        Assert.Contains("Connecting to 127.0.0.1 is refused: it is a loopback address. An admin can allow it", refused.Message, StringComparison.Ordinal);
        Assert.IsType<AddressRefusedException>(refused.InnerException);
    }

    [Fact]
    public async Task SendAsync_RedirectToAHiddenPlace_IsRefusedThere()
    {
        _open.Answer = $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{_hidden.Port}/\r\nContent-Length: 0\r\n\r\n";
        var handler = new GuardedConnector(() => new AddressRules(new NetworkRules(["127.0.0.2"]))).CreateHandler();
        handler.AllowAutoRedirect = true;
        using var client = new HttpClient(handler);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"http://127.0.0.2:{_open.Port}/", TestContext.Current.CancellationToken));

        Assert.Equal((1, 0), (_open.Connections, _hidden.Connections));
    }

    [Fact]
    public async Task SendAsync_NameThatChangesItsMeaning_IsLookedUpOnceAndConnectedAsJudged()
    {
        var looks = 0;
        using var client = Client(new NetworkRules(["127.0.0.2"]), (_, _) => Task.FromResult<IPAddress[]>([++looks == 1 ? IPAddress.Parse("127.0.0.2") : IPAddress.Loopback]));
        _open.Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

        using var first = await client.GetAsync($"http://rebinding.example.com:{_open.Port}/", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"http://rebinding.example.com:{_hidden.Port}/", TestContext.Current.CancellationToken));

        Assert.Equal((2, 1, 0), (looks, _open.Connections, _hidden.Connections));
    }

    [Fact]
    public async Task SendAsync_NameWithAPublicAndAHiddenAddress_GoesToTheOneThatIsAllowed()
    {
        using var client = Client(new NetworkRules(["127.0.0.2"]), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("127.0.0.2")]));
        _open.Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

        using var answer = await client.GetAsync($"http://two.example.com:{_open.Port}/", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, 1), (answer.StatusCode, _open.Connections));
    }

    public async ValueTask DisposeAsync()
    {
        await _hidden.DisposeAsync();
        await _open.DisposeAsync();
    }

    private static HttpClient Client(NetworkRules rules, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) =>
        new(new GuardedConnector(() => new AddressRules(rules), resolve).CreateHandler()) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Counts connections, and gives each the same answer.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly TcpListener _listener;
        private readonly Task _accepting;
        private int _connections;

        public Listener(IPAddress address)
        {
            _listener = new TcpListener(address, 0);
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>All that were made, those that wait to be accepted included.</summary>
        public int Connections => _connections + (_listener.Pending() ? 1 : 0);

        public string Answer { get; set; } = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

        public async ValueTask DisposeAsync()
        {
            _listener.Dispose();
            await _accepting;
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _connections);
                    var stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[4096]);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer));
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
