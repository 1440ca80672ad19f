using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Brigade.Web.Access;
using Brigade.Web.Tests.Access;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Fuzz;

/// <summary>The forms of accounts, which take a token with each post, filled in with what nobody means: as a stranger and as somebody who is signed in.</summary>
public sealed partial class FormFuzzTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    private const int FewInputs = 10;

    private static readonly string[] Fields = ["email", "password", "returnUrl", "name", "code", "current", "id", "credential", "workspace", "user", "token", "recoveryCode", "remember"];
    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("BRIGADE_FUZZ"), CultureInfo.InvariantCulture, out var asked) ? asked : FewInputs;

    private readonly List<string> _wrong = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Forms_InputsThatNobodyMeans_AreNoFaultsOfTheServer(bool isSignedIn)
    {
        var person = await PersonAsync(isSignedIn);
        foreach (var path in Permissions.Routes.Keys.Where(route => route.StartsWith("POST /account/", StringComparison.Ordinal)).Select(route => route["POST ".Length..].Replace("{token}", "x", StringComparison.Ordinal)))
        {
            for (var input = 0; input < Inputs; input++)
            {
                // Some of the forms end the session, or the account: then it takes another.
                if (!await PostAsync(person, path, new Nasty(path + isSignedIn, input), input))
                    person = await PersonAsync(isSignedIn);
            }
        }

        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong.Take(40)));
    }

    /// <summary>Answers whether the token was still good.</summary>
    private async Task<bool> PostAsync(Person person, string path, Nasty nasty, int input)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = person.Token };
        for (var count = nasty.Next(6); count > 0; count--)
            values[nasty.Chance(0.9) ? nasty.OneOf(Fields) : Valid(nasty.Text())] = Valid(nasty.Text());
        using var form = new FormUrlEncodedContent(values);
        using var response = await person.Client.PostAsync(path, form);
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode >= 500 || Inside().IsMatch(text))
            _wrong.Add($"POST {path} (input {input}) answers {(int)response.StatusCode}: {text[..Math.Min(300, text.Length)]}");
        return response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized) && path is not ("/account/sign-out" or "/account/sessions/end");
    }

    private async Task<Person> PersonAsync(bool isSignedIn)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(server.Address) };
        if (isSignedIn)
            await client.GetAsync((await server.Services.GetRequiredService<IOneTimeLinks>().CreateAsync()).Path);
        var page = await client.GetStringAsync(isSignedIn ? "/account" : "/account/sign-in");
        return new Person(client, TokenField().Match(page).Groups["token"].Value);
    }

    private static string Valid(string text) => text.Replace("\ud83d", "", StringComparison.Ordinal);

    private sealed record Person(HttpClient Client, string Token);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex TokenField();

    [GeneratedRegex(@"\.cs:line|   at (?:Brigade|System|Microsoft)\.|System\.[A-Za-z.]+Exception|SqliteException|Npgsql", RegexOptions.None, 1_000)]
    private static partial Regex Inside();
}
