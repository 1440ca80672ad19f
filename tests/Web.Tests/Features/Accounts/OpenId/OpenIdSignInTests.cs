using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Accounts.OpenId;

/// <summary>Signing in with a real provider, step by step as a browser does it.</summary>
public sealed partial class OpenIdSignInTests : IAsyncLifetime
{
    private const string Ada = "ada@example.org";
    private const string Password = "ten chefs ten dishes";

    private readonly BrigadeServer _server = new();
    private OpenIdServer _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await OpenIdServer.StartAsync();
        _server.Settings = _provider.Settings;
        await _server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_Invited_MakesAnAccountThatIsKnownFromThenOn()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var ada = new Visitor(_server);
        Assert.Contains("Sign in with Kitchen", await ada.TextAsync("/account/sign-in"), StringComparison.Ordinal);

        using var entered = await SignInAsync(ada, "/history");

        Assert.Equal((HttpStatusCode.Found, "/history"), (entered.StatusCode, entered.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.OK, await ada.StatusAsync("/api/v1/runs"));
        Assert.Equal(HttpStatusCode.Forbidden, await ada.StatusAsync("/api/v1/audit"));
        Assert.Equal("S256", _provider.LastRequest!.CodeChallengeMethod);
        Assert.False(string.IsNullOrEmpty(_provider.LastRequest.Nonce));

        // Another address there, also an unverified one: the subject is the same.
        _provider.Person = _provider.Person with { Email = "new@example.org", IsVerified = false };
        using var again = new Visitor(_server);
        using var back = await SignInAsync(again);
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        Assert.Contains(Ada, await again.TextAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_NobodyInvited_SaysSoAndMakesNoAccount()
    {
        using var stranger = new Visitor(_server);

        using var answer = await SignInAsync(stranger);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("nobody has invited this address", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await stranger.StatusAsync("/"));
        Assert.Null(await UserAsync(Ada));
    }

    [Fact]
    public async Task SignIn_InvitedButUnverified_IsRefused()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        _provider.Person = _provider.Person with { IsVerified = false };
        using var ada = new Visitor(_server);

        using var answer = await SignInAsync(ada);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("does not say that your e-mail address is verified", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(await UserAsync(Ada));
    }

    [Fact]
    public async Task SignIn_AddressOfAnAccountWithAPassword_DoesNotOpenIt()
    {
        using var owner = await OwnerAsync();
        using var thief = new Visitor(_server);

        using var answer = await SignInAsync(thief);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("There is an account with this e-mail address already", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await thief.StatusAsync("/"));
    }

    [Fact]
    public async Task SignIn_AddressOfAnAccountThatNobodyCanSignInTo_OpensIt()
    {
        using var owner = await Visitor.WithLinkAsync(_server);
        await owner.PostAsync("/account", "/account/profile", ("name", "Ada"), ("email", Ada));
        using var ada = new Visitor(_server);

        using var entered = await SignInAsync(ada);

        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ada.StatusAsync("/api/v1/audit"));
    }

    [Fact]
    public async Task SignIn_ByAnInvitationForWhoeverHasTheLink_Joins()
    {
        var path = $"/account/invitation/{await InviteAsync("", WorkspaceRole.Viewer)}";
        using var ada = new Visitor(_server);
        Assert.Contains("Join with Kitchen", await ada.TextAsync(path), StringComparison.Ordinal);

        using var entered = await SignInAsync(ada, path);

        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ada.StatusAsync("/api/v1/runs"));
    }

    [Fact]
    public async Task SignIn_DisabledAccount_IsRefused()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var ada = new Visitor(_server);
        (await SignInAsync(ada)).Dispose();
        using var admin = _server.Client();
        using var disabled = await admin.PostAsync($"/api/v1/accounts/{(await UserAsync(Ada))!.Id}/disable", null);
        Assert.Equal(HttpStatusCode.NoContent, disabled.StatusCode);
        using var again = new Visitor(_server);

        using var answer = await SignInAsync(again);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("closed at the moment", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await again.StatusAsync("/"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.StatusAsync("/"));
    }

    [Fact]
    public async Task SignIn_AccountWithoutMembership_SaysSo()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var ada = new Visitor(_server);
        (await SignInAsync(ada)).Dispose();
        var id = (await UserAsync(Ada))!.Id;
        await using (var db = await _server.Get<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync())
            await db.Memberships.Where(member => member.UserId == id).ExecuteDeleteAsync();
        using var again = new Visitor(_server);

        using var answer = await SignInAsync(again);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("no member of any workspace", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_SecondStepIsOn_AsksForIt()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var ada = new Visitor(_server);
        (await SignInAsync(ada)).Dispose();
        await using (var scope = _server.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            var user = (await users.FindByEmailAsync(Ada))!;
            await users.ResetAuthenticatorKeyAsync(user);
            await users.SetTwoFactorEnabledAsync(user, true);
        }

        using var again = new Visitor(_server);
        using var answer = await SignInAsync(again);

        Assert.StartsWith("/account/sign-in/code", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await again.StatusAsync("/"));
    }

    [Fact]
    public async Task Callback_WrongNonce_SignsNobodyIn()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var ada = new Visitor(_server);

        using var answer = await SignInAsync(ada, change: url => Regex.Replace(url, "nonce=[^&]+", "nonce=another", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await AssertNotTrustedAsync(ada, answer);
    }

    [Fact]
    public async Task Callback_WrongIssuer_SignsNobodyIn()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        _provider.ClaimsToBeAnother = true;
        using var ada = new Visitor(_server);

        using var answer = await SignInAsync(ada);

        await AssertNotTrustedAsync(ada, answer);
    }

    [Fact]
    public async Task Callback_OfAnotherBrowser_SignsNobodyIn()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var attacker = new Visitor(_server);
        using var victim = new Visitor(_server);
        var callback = await CallbackAsync(attacker, "/account/sign-in", "/account/sign-in/provider", null);

        using var answer = await victim.GetAsync(callback);

        await AssertNotTrustedAsync(victim, answer);
    }

    [Fact]
    public async Task Callback_Denied_SaysWho()
    {
        _provider.Denies = true;
        using var ada = new Visitor(_server);

        using var answer = await SignInAsync(ada);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Kitchen did not let you in", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_OfOneself_SignsInFromThenOnAndCanBeRemoved()
    {
        using var owner = await OwnerAsync();
        using var linked = await GoThroughAsync(owner, await CallbackAsync(owner, "/account", "/account/provider", null));
        Assert.Equal("/account?done=provider", linked.Headers.Location!.ToString());
        using var other = new Visitor(_server);
        using (var entered = await SignInAsync(other))
            Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        Assert.Contains("4711", await other.TextAsync("/account"), StringComparison.Ordinal);

        using var removed = await owner.PostAsync("/account", "/account/provider/remove", ("issuer", _provider.Address + "/"), ("subject", "4711"));

        Assert.Equal("/account?done=provider-removed", removed.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync("/"));
    }

    [Fact]
    public async Task Link_AccountOfSomebodyElse_IsRefused()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var ada = new Visitor(_server);
        (await SignInAsync(ada)).Dispose();
        using var owner = await Visitor.WithLinkAsync(_server);

        using var answer = await GoThroughAsync(owner, await CallbackAsync(owner, "/account", "/account/provider", null));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("signs in to another account", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_TheOnlyWayIn_IsRefused()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var ada = new Visitor(_server);
        (await SignInAsync(ada)).Dispose();

        using var answer = await ada.PostAsync("/account", "/account/provider/remove", ("issuer", _provider.Address + "/"), ("subject", "4711"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("only way in", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_CameByTheProvider_LeavesHereAndLeadsThere()
    {
        await InviteAsync(Ada, WorkspaceRole.Editor);
        using var ada = new Visitor(_server);
        (await SignInAsync(ada)).Dispose();

        using var left = await ada.PostAsync("/account", "/account/sign-out");

        Assert.Contains("Sign out of Kitchen too", await left.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.StatusAsync("/"));
        using var there = await ada.GetAsync("/account/sign-out/provider");
        Assert.StartsWith($"{_provider.Address}/connect/logout", there.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var back = await ada.GetAsync(there.Headers.Location.ToString());
        Assert.Contains("/account/sign-out/provider/done", back.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var done = await ada.GetAsync(back.Headers.Location.ToString());
        Assert.EndsWith("/account/sign-in", done.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProviderThatDoesNotAnswer_SaysSo()
    {
        await _provider.DisposeAsync();
        using var ada = new Visitor(_server);

        using var answer = await ada.PostAsync("/account/sign-in", "/account/sign-in/provider");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Kitchen does not answer", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        _provider = await OpenIdServer.StartAsync();
    }

    private async Task<HttpResponseMessage> SignInAsync(Visitor visitor, string returnTo = "/", Func<string, string>? change = null) =>
        await GoThroughAsync(visitor, await CallbackAsync(visitor, "/account/sign-in", "/account/sign-in/provider", change, ("returnUrl", returnTo)));

    /// <summary>Sends the form and asks the provider; answers where it sends the browser back to.</summary>
    private static async Task<string> CallbackAsync(Visitor visitor, string page, string form, Func<string, string>? change, params (string, string)[] fields)
    {
        using var started = await visitor.PostAsync(page, form, fields);
        var there = await NextAsync(started);
        using var agreed = await visitor.GetAsync(change is null ? there : change(there));
        return agreed.Headers.Location?.ToString() ?? throw new InvalidOperationException(await agreed.Content.ReadAsStringAsync());
    }

    /// <summary>Comes back from the provider, and takes the next step where there is one.</summary>
    private static async Task<HttpResponseMessage> GoThroughAsync(Visitor visitor, string callback)
    {
        var back = await visitor.GetAsync(callback);
        if (back.StatusCode != HttpStatusCode.OK)
            return back;
        var next = await NextAsync(back);
        back.Dispose();
        return await visitor.GetAsync(next);
    }

    private static async Task<string> NextAsync(HttpResponseMessage page)
    {
        var text = await page.Content.ReadAsStringAsync();
        return Refresh().Match(text) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups["url"].Value) : throw new InvalidOperationException($"{page.StatusCode}: {text}");
    }

    private async Task AssertNotTrustedAsync(Visitor visitor, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("The answer of Kitchen could not be trusted", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.StatusAsync("/"));
        Assert.Null(await UserAsync(Ada));
    }

    private async Task<Visitor> OwnerAsync()
    {
        var owner = await Visitor.WithLinkAsync(_server);
        (await owner.PostAsync("/account", "/account/profile", ("name", "Ada"), ("email", Ada))).Dispose();
        using var set = await owner.PostAsync("/account", "/account/password", ("password", Password));
        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
        return owner;
    }

    private async Task<User?> UserAsync(string email)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<User>>().FindByEmailAsync(email);
    }

    private async Task<string> InviteAsync(string email, WorkspaceRole role)
    {
        var token = Guid.NewGuid().ToString("N");
        await using var db = await _server.Get<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        db.Invitations.Add(new Invitation
        {
            Id = Guid.CreateVersion7(), Email = email, Role = role, TokenHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), CreatedAt = now, ExpiresAt = now.AddDays(1), CreatedBy = "Owner",
        });
        await db.SaveChangesAsync();
        return token;
    }

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0;url=(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refresh();
}
