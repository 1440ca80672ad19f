using System.Net;
using Brigade.Web.Access;
using Brigade.Web.Hosting;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Hosting;

/// <summary>A server that people reach by HTTPS through a proxy; the tests are the proxy.</summary>
public sealed class ReachTests : IAsyncLifetime
{
    private const string Host = "brigade.example.org";

    private readonly BrigadeServer _server = new() { Settings = [$"--Brigade:PublicUrl=https://{Host}", "--Brigade:TrustedProxies=192.0.2.0/24"] };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Request_ThroughTheProxy_IsHttpsForBrowsers()
    {
        using var client = Proxy();
        using var response = await client.GetAsync("/account/sign-in");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("max-age=31536000", response.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Contains("secure", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Link_FirstOwner_LeadsToMakingAnAccountWithACookieForHttpsOnly()
    {
        using var client = Proxy();
        using var opened = await client.GetAsync((await _server.Services.GetRequiredService<IOneTimeLinks>().CreateAsync()).Path);

        Assert.Equal("/account", opened.Headers.Location!.ToString());
        var cookie = opened.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-brigade-", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        var account = await client.GetStringAsync("/account");
        Assert.Contains("Make your account", account, StringComparison.Ordinal);
        Assert.DoesNotContain("go on without", account, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_FromElsewhereByPlainHttp_IsRefused()
    {
        // A proxy that is believed says who sent it, and does not say that it was HTTPS.
        using var client = Proxy(scheme: null);

        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/account/sign-in")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Request_OfThisMachinesOwnPrograms_NeedsNoHttps()
    {
        using var client = _server.Client();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/runs")).StatusCode);
    }

    [Fact]
    public async Task Host_AnotherName_IsRefused()
    {
        using var client = Proxy();
        client.DefaultRequestHeaders.Host = "rebound.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/account/sign-in")).StatusCode);
    }

    [Theory]
    [InlineData("Origin", $"https://{Host}", HttpStatusCode.OK)]
    [InlineData("Origin", $"http://{Host}", HttpStatusCode.Forbidden)]
    public async Task UnsafeRequest_ByOrigin_GoesByThePublicAddress(string header, string value, HttpStatusCode expected)
    {
        using var client = Proxy(BrigadeServer.Token);
        client.DefaultRequestHeaders.Add(header, value);

        using var made = await client.PostAsync("/api/v1/links", null);

        Assert.Equal(expected, made.StatusCode);
        if (expected == HttpStatusCode.OK)
            Assert.Contains($"https://{Host}/open/", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.7", "http", "/", StatusCodes.Status400BadRequest)]
    [InlineData("192.0.2.7", "https", "/", StatusCodes.Status200OK)]
    [InlineData("192.0.2.7", "http", "/health/ready", StatusCodes.Status200OK)]
    [InlineData("127.0.0.1", "http", "/", StatusCodes.Status200OK)]
    [InlineData("::1", "http", "/", StatusCodes.Status200OK)]
    public async Task PlainHttp_BySender_IsForThisMachineOnly(string from, string scheme, string path, int expected)
    {
        var context = new DefaultHttpContext { RequestServices = _server.Services };
        (context.Connection.RemoteIpAddress, context.Request.Scheme, context.Request.Path) = (IPAddress.Parse(from), scheme, path);

        await new PlainHttp(_ => Task.CompletedTask).InvokeAsync(context);

        Assert.Equal(expected, context.Response.StatusCode);
    }

    private HttpClient Proxy(string? token = null, string? scheme = "https")
    {
        var client = _server.Client(token);
        client.DefaultRequestHeaders.Host = Host;
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        if (scheme is not null)
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        return client;
    }
}
