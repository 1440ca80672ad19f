using System.Net;
using System.Text.RegularExpressions;
using Brigade.Data.Entities;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Accounts;

/// <summary>Accounts over HTTP, on the real server. Each test takes a server of its own, because all work on the first owner.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private const string Email = "chef@example.org";
    private const string Password = "ten chefs ten dishes";

    private readonly BrigadeServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task SignIn_EmailAndPasswordSetByTheLink_LetsAnotherBrowserIn()
    {
        using var owner = await OwnerAsync();
        using var other = new Visitor(_server);
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync("/"));

        using var signedIn = await other.PostAsync("/account/sign-in", "/account/sign-in", ("email", Email), ("password", Password), ("returnUrl", "/history?page=2"));

        Assert.Equal((HttpStatusCode.Found, "/history?page=2"), (signedIn.StatusCode, signedIn.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync("/"));
        Assert.Contains(Email, await other.TextAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WrongPasswordAndUnknownAddress_AreAnsweredAlike()
    {
        using var owner = await OwnerAsync();
        using var stranger = new Visitor(_server);

        var known = await AnswerAsync(stranger, Email, "not the password");
        var unknown = await AnswerAsync(stranger, "nobody@example.org", "not the password");

        Assert.Equal(HttpStatusCode.Unauthorized, known.Status);
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_ClosesTheAccountForAWhile()
    {
        using var owner = await OwnerAsync();
        using var stranger = new Visitor(_server);
        for (var tries = 0; tries < 5; tries++)
            await AnswerAsync(stranger, Email, "not the password");

        Assert.Equal(HttpStatusCode.Unauthorized, (await AnswerAsync(stranger, Email, Password)).Status);

        await WithUserAsync((users, user) => users.SetLockoutEndDateAsync(user, null));
        Assert.Equal(HttpStatusCode.Found, (await AnswerAsync(stranger, Email, Password)).Status);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ReturnAddressOfAnotherSite_GoesToTheOverview(string address)
    {
        using var owner = await OwnerAsync();
        using var visitor = new Visitor(_server);

        using var signedIn = await visitor.PostAsync("/account/sign-in", "/account/sign-in", ("email", Email), ("password", Password), ("returnUrl", address));

        Assert.Equal("/", signedIn.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/forgot")]
    [InlineData("/account/reset")]
    [InlineData("/account/profile")]
    [InlineData("/account/password")]
    [InlineData("/account/sign-out")]
    [InlineData("/account/sessions/end")]
    [InlineData("/account/passkeys/options")]
    [InlineData("/account/totp/start")]
    public async Task Form_WithoutItsToken_IsRefused(string path)
    {
        using var owner = await Visitor.WithLinkAsync(_server);

        using var answer = await owner.SendAsync(path, ("email", "x@example.org"), ("name", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("short", "12")]
    [InlineData("aaaaaaaaaaaaaaa", "different")]
    public async Task Password_TooWeak_IsRefusedWithTheReason(string password, string reason)
    {
        using var owner = await Visitor.WithLinkAsync(_server);
        await owner.PostAsync("/account", "/account/profile", ("name", "Chef"), ("email", Email));

        using var answer = await owner.PostAsync("/account", "/account/password", ("password", password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_Changed_NeedsTheCurrentOneAndEndsOtherSessions()
    {
        using var owner = await OwnerAsync();
        using var other = new Visitor(_server);
        await AnswerAsync(other, Email, Password);

        using var refused = await owner.PostAsync("/account", "/account/password", ("current", "wrong"), ("password", "another long password"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync("/account"));

        using var changed = await owner.PostAsync("/account", "/account/password", ("current", Password), ("password", "another long password"));
        Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/account"));
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync("/account"));
    }

    [Fact]
    public async Task SecondStep_On_IsAskedForAfterThePassword()
    {
        using var owner = await OwnerAsync();
        await owner.PostAsync("/account", "/account/totp/start");
        Assert.Contains("<svg class=\"account-qr\"", await owner.TextAsync("/account/totp"), StringComparison.Ordinal);
        using var wrong = await owner.PostAsync("/account/totp", "/account/totp", ("code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        using var on = await owner.PostAsync("/account/totp", "/account/totp", ("code", await CodeAsync()));
        var recovery = Regex.Matches(await on.Content.ReadAsStringAsync(), "<li><code>(?<code>[^<]+)</code>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["code"].Value).ToList();
        Assert.Equal(10, recovery.Count);

        using var other = new Visitor(_server);
        Assert.Equal(HttpStatusCode.Found, (await AnswerAsync(other, Email, Password)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync("/"));
        using var refused = await other.PostAsync("/account/sign-in/code", "/account/sign-in/code", ("code", "000000"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var passed = await other.PostAsync("/account/sign-in/code", "/account/sign-in/recovery", ("code", recovery[0]));
        Assert.Equal(HttpStatusCode.Found, passed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync("/"));
    }

    [Fact]
    public async Task SignOut_Leaves()
    {
        using var owner = await Visitor.WithLinkAsync(_server);

        using var left = await owner.PostAsync("/account", "/account/sign-out");

        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await owner.StatusAsync("/"));
    }

    [Fact]
    public async Task ResetLink_OfTheServersToken_SetsANewPasswordOnce()
    {
        using var owner = await OwnerAsync();
        var id = await WithUserAsync((_, user) => Task.FromResult(user.Id));
        using var operatorClient = _server.Client();
        using var made = await operatorClient.PostAsync($"/api/v1/accounts/{id}/reset-link", null);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var url = new Uri(System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("url").GetString()!);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.Query);
        using var visitor = new Visitor(_server);
        (string, string)[] fields = [("user", query["user"]!), ("token", query["token"]!), ("password", "a wholly new password")];

        using var set = await visitor.PostAsync(url.PathAndQuery, "/account/reset", fields);
        using var again = await visitor.PostAsync(url.PathAndQuery, "/account/reset", fields);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (set.StatusCode, again.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, await owner.StatusAsync("/account"));
        Assert.Equal(HttpStatusCode.Found, (await AnswerAsync(visitor, Email, "a wholly new password")).Status);
    }

    private async Task<Visitor> OwnerAsync()
    {
        var owner = await Visitor.WithLinkAsync(_server);
        using var named = await owner.PostAsync("/account", "/account/profile", ("name", "Chef"), ("email", Email));
        Assert.Equal(HttpStatusCode.Found, named.StatusCode);
        using var set = await owner.PostAsync("/account", "/account/password", ("password", Password));
        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
        return owner;
    }

    private static async Task<(HttpStatusCode Status, string Text)> AnswerAsync(Visitor visitor, string email, string password)
    {
        using var answer = await visitor.PostAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", password));
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, Regex.Replace(text.Replace(email, "", StringComparison.Ordinal), "name=\"__RequestVerificationToken\" value=\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    // What the authenticator app would show.
    private Task<string> CodeAsync() => WithUserAsync(async (users, user) =>
    {
        var key = await users.GetAuthenticatorKeyAsync(user);
        return Totp.Code(key!, TimeProvider.System.GetUtcNow());
    });

    private async Task<T> WithUserAsync<T>(Func<UserManager<User>, User, Task<T>> use)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        return await use(users, (await users.FindByEmailAsync(Email))!);
    }
}
