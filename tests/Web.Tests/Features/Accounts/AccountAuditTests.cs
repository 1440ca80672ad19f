using System.Net;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Accounts;

/// <summary>What happens to an account is in the audit log of the workspaces that rely on it.</summary>
public sealed class AccountAuditTests : IAsyncLifetime
{
    private const string Email = "chef@example.org";
    private const string Password = "ten chefs ten dishes";

    private readonly BrigadeServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Account_WhatItsPersonDoes_IsNoted()
    {
        using var owner = await OwnerAsync();
        using var ended = await owner.PostAsync("/account", "/account/sessions/end");
        using var other = new Visitor(_server);
        using var signedIn = await other.PostAsync("/account/sign-in", "/account/sign-in", ("email", Email), ("password", Password));
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);

        var entries = await EntriesAsync();

        Assert.Equal(["account.signed-in", "account.email-changed", "account.password-changed", "account.sessions-ended", "account.signed-in"], entries.Select(entry => entry.Action), StringComparer.Ordinal);
        Assert.Equal("Owner, by link, from 127.0.0.1", entries[0].Detail);
        Assert.Equal("Chef, by password, from 127.0.0.1", entries[^1].Detail);
        Assert.All(entries, entry => Assert.Equal(entry.Subject, entry.ActorId));
    }

    [Fact]
    public async Task SignIn_WrongPasswords_AreNotedUntilTheAccountIsClosedAndStrangersAreNot()
    {
        using var owner = await OwnerAsync();
        var before = (await EntriesAsync()).Count;
        using var stranger = new Visitor(_server);
        for (var tries = 0; tries < 8; tries++)
        {
            using var wrong = await stranger.PostAsync("/account/sign-in", "/account/sign-in", ("email", Email), ("password", "not the password"));
            using var unknown = await stranger.PostAsync("/account/sign-in", "/account/sign-in", ("email", "nobody@example.org"), ("password", "not the password"));
        }

        // They are noted after the answer has gone.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await EntriesAsync()).Count < before + 5)
            await timer.WaitForNextTickAsync(patience.Token);
        var entries = (await EntriesAsync()).Skip(before).ToList();

        Assert.Equal(["account.locked", "account.sign-in-failed", "account.sign-in-failed", "account.sign-in-failed", "account.sign-in-failed"], entries.Select(entry => entry.Action).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(entries, entry => Assert.Equal((AuditEntry.UnknownActor, "Somebody"), (entry.ActorId, entry.ActorName)));
        Assert.All(entries, entry => Assert.DoesNotContain("not the password", entry.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Administration_DisableEnableAndResetLink_AreNotedAsWhoDidThem()
    {
        using var owner = await OwnerAsync();
        var user = (await Accounts.FirstOwnerAsync())!.Value;
        using var client = _server.Client();
        foreach (var act in new[] { "reset-link", "disable", "enable" })
        {
            using var answer = await client.PostAsync($"/api/v1/accounts/{user}/{act}", null);
            Assert.True(answer.IsSuccessStatusCode);
        }

        var entries = (await EntriesAsync()).TakeLast(3).ToList();

        Assert.Equal(["account.reset-link-made", "account.disabled", "account.enabled"], entries.Select(entry => entry.Action), StringComparer.Ordinal);
        Assert.All(entries, entry => Assert.Equal(("key:server", user.ToString()), (entry.ActorId, entry.Subject)));
    }

    private AccountStore Accounts => _server.Get<AccountStore>();

    private async Task<Visitor> OwnerAsync()
    {
        var owner = await Visitor.WithLinkAsync(_server);
        using var profile = await owner.PostAsync("/account", "/account/profile", ("name", "Chef"), ("email", Email));
        using var password = await owner.PostAsync("/account", "/account/password", ("password", Password));
        Assert.Equal(HttpStatusCode.Found, password.StatusCode);
        return owner;
    }

    /// <summary>In the order in which they were written.</summary>
    private async Task<IReadOnlyList<AuditRow>> EntriesAsync() => [.. (await _server.Get<AuditStore>().ListAsync(new AuditQuery { Action = "account", Take = 100 })).Items.Reverse()];
}
