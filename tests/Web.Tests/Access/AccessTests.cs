using System.Net;
using Brigade.Web.Access;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Access;

/// <summary>Who is served, over HTTP.</summary>
public sealed class AccessTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    [Fact]
    public async Task AnyRoute_WithoutCookieOrToken_Is401()
    {
        using var client = server.Client(token: null);
        var routes = Routes().ToList();
        Assert.True(routes.Count > 20, $"only {routes.Count} routes were found");

        foreach (var (method, path) in routes)
        {
            using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} answers {(int)response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing-here")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/api/docs")]
    public async Task Page_WithoutCookie_IsTheSignInWhichSaysWhereTheLinkIs(string path)
    {
        using var client = server.Client(token: null);
        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Open the link that Brigade printed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/runs")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/hubs/runner/negotiate")]
    public async Task Program_WithoutToken_GetsAProblemAndNoRedirect(string path)
    {
        using var client = server.Client(token: null);
        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task Link_FirstUse_BecomesACookieAndSecondIsRefused()
    {
        var link = await server.Services.GetRequiredService<IOneTimeLinks>().CreateAsync();
        using var client = server.Client(token: null);

        using var first = await client.GetAsync(link.Path);
        Assert.Equal((HttpStatusCode.Found, "/"), (first.StatusCode, first.Headers.Location!.ToString()));
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await WithCookieAsync(client, HttpMethod.Get, "/api/v1/runs", cookie)).StatusCode);

        using var second = await client.GetAsync(link.Path);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.Contains("not good any more", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The browser that is in may follow its own link again.
        Assert.Equal(HttpStatusCode.Found, (await WithCookieAsync(client, HttpMethod.Get, link.Path, cookie)).StatusCode);
    }

    [Fact]
    public async Task Link_MadeByAMember_LetsAnotherBrowserIn()
    {
        using var member = server.Client();
        using var made = await member.PostAsync("/api/v1/links", content: null);
        var url = System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("url").GetString()!;
        using var client = server.Client(token: null);

        using var response = await client.GetAsync(url);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("a-token-for-the-testS")]
    public async Task Bearer_WrongToken_Is401(string token)
    {
        using var client = server.Client(token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/runs")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/hubs/runner/negotiate?negotiateVersion=1", null)).StatusCode);
    }

    [Fact]
    public async Task Bearer_EmbeddedRunnersToken_IsGoodForItsHubOnly()
    {
        using var client = server.Client(server.RunnerToken);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/runs")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/hubs/runner/negotiate?negotiateVersion=1", null)).StatusCode);
    }

    [Fact]
    public async Task Cookie_AtTheRunnersHub_IsNotEnough()
    {
        using var client = server.Client(token: null);
        var cookie = await CookieAsync(client);

        var response = await WithCookieAsync(client, HttpMethod.Post, "/hubs/runner/negotiate?negotiateVersion=1", cookie);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Host_NameOfAnotherSite_IsRefused()
    {
        using var client = server.Client();
        client.DefaultRequestHeaders.Host = "rebound.example:80";

        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1/runs")).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Origin", null, HttpStatusCode.OK)]
    public async Task UnsafeRequest_FromAnotherSite_IsRefused(string header, string? value, HttpStatusCode expected)
    {
        using var client = server.Client(token: null);
        var cookie = await CookieAsync(client);

        var response = await WithCookieAsync(client, HttpMethod.Post, "/api/v1/links", cookie, (header, value ?? server.Address));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task WebSocket_FromAnotherSite_IsRefused()
    {
        using var client = server.Client(token: null);
        var cookie = await CookieAsync(client);

        var response = await WithCookieAsync(client, HttpMethod.Get, "/_blazor?id=x", cookie, ("Origin", "http://evil.example"), ("Connection", "Upgrade"), ("Upgrade", "websocket"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task AnyResponse_Headers_KeepThePageToItself()
    {
        using var client = server.Client();
        using var response = await client.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("script-src 'self';", response.Headers.GetValues("Content-Security-Policy").First(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("camera=()", response.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
    }

    private IEnumerable<(string Method, string Path)> Routes()
    {
        foreach (var endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            // A printed link is the way in, a share link the way to one thing; load balancers bring no credentials.
            if (endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null && (pattern.StartsWith("/account/", StringComparison.Ordinal) || Permissions.OpenFiles.Any(open => pattern.StartsWith($"/{open}.", StringComparison.Ordinal))))
                continue;
            if (pattern.StartsWith("/open/", StringComparison.Ordinal) || pattern.StartsWith("/shared/", StringComparison.Ordinal) || pattern.StartsWith("/health/", StringComparison.Ordinal))
                continue;
            var path = System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", Guid.NewGuid().ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                yield return (method, path);
        }
    }

    private async Task<string> CookieAsync(HttpClient client)
    {
        using var response = await client.GetAsync((await server.Services.GetRequiredService<IOneTimeLinks>().CreateAsync()).Path);
        return response.Headers.GetValues("Set-Cookie").Single();
    }

    private static Task<HttpResponseMessage> WithCookieAsync(HttpClient client, HttpMethod method, string path, string cookie, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request);
    }
}
