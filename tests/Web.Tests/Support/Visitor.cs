using System.Net;
using System.Text.RegularExpressions;
using Brigade.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Support;

/// <summary>A browser without scripts: it keeps cookies and sends forms with the token that their page had. It follows no redirects.</summary>
internal sealed partial class Visitor(BrigadeServer server) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(server.Address) };

    /// <summary>One that came in by a link, as the first owner.</summary>
    public static async Task<Visitor> WithLinkAsync(BrigadeServer server)
    {
        var visitor = new Visitor(server);
        using var opened = await visitor._client.GetAsync((await server.Services.GetRequiredService<IOneTimeLinks>().CreateAsync()).Path);
        Assert.Equal(HttpStatusCode.Found, opened.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public async Task<string> TextAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync();

    /// <summary>Sends a form as the page <paramref name="from"/> would.</summary>
    public async Task<HttpResponseMessage> PostAsync(string from, string to, params (string Name, string Value)[] fields)
    {
        var token = TokenPattern().Match(await TextAsync(from)).Groups["token"].Value;
        return await SendAsync(to, [("__RequestVerificationToken", token), .. fields]);
    }

    public Task<HttpResponseMessage> SendAsync(string to, params (string Name, string Value)[] fields) =>
        _client.PostAsync(to, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async Task<HttpStatusCode> StatusAsync(string path) => (await GetAsync(path)).StatusCode;

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenPattern();
}
