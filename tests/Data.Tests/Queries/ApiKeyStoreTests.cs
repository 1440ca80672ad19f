using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class ApiKeyStoreOnSqliteTests(SqliteDatabase database) : ApiKeyStoreTests(database);

public sealed class ApiKeyStoreOnPostgresTests(PostgresDatabase database) : ApiKeyStoreTests(database);

public abstract class ApiKeyStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task FindAsync_GoodKey_OpensItsWorkspaceUntilItExpires()
    {
        var hash = Hash();
        var key = (await Workspace.Keys.CreateAsync("pipeline", ApiKeyScope.Write, "brg_abcdef", hash, Clock.GetUtcNow().AddDays(1)))!;

        var found = (await Workspace.KeyDirectory.FindAsync(hash))!;
        Assert.Equal((key.Id, Workspace.Id, ApiKeyScope.Write), (found.Id, found.WorkspaceId, found.Scope));
        Assert.True(await Workspace.KeyDirectory.IsGoodAsync(key.Id));
        Assert.Null(await Workspace.KeyDirectory.FindAsync(Hash()));

        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Workspace.KeyDirectory.FindAsync(hash));
        Assert.False(await Workspace.KeyDirectory.IsGoodAsync(key.Id));
    }

    [Fact]
    public async Task RevokeAsync_Key_IsNoneAnyMoreAndTheLogSaysSo()
    {
        var hash = Hash();
        var key = (await Workspace.Keys.CreateAsync("pipeline", ApiKeyScope.Admin, "brg_abcdef", hash, null))!;

        var revoked = (await Workspace.Keys.RevokeAsync(key.Id))!;
        Clock.Advance(TimeSpan.FromHours(1));
        var again = (await Workspace.Keys.RevokeAsync(key.Id))!;

        Assert.Equal(revoked.RevokedAt, again.RevokedAt);
        Assert.Null(await Workspace.KeyDirectory.FindAsync(hash));
        Assert.Null(await Workspace.Keys.RevokeAsync(Guid.NewGuid()));
        Assert.Equal(["key.created", "key.revoked"], (await Workspace.Audit.ListAsync(new AuditQuery { Action = "key" })).Items.Select(entry => entry.Action).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task UsedAsync_Often_IsWrittenOnceAMinute()
    {
        var key = (await Workspace.Keys.CreateAsync("pipeline", ApiKeyScope.Read, "brg_abcdef", Hash(), null))!;

        Assert.Equal(1, await Workspace.KeyDirectory.UsedAsync(key.Id));
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await Workspace.KeyDirectory.UsedAsync(key.Id));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Workspace.KeyDirectory.UsedAsync(key.Id));
        Assert.Equal(Clock.GetUtcNow(), (await Workspace.Keys.FindAsync(key.Id))!.LastUsedAt);
    }

    [Fact]
    public async Task EveryOperation_AsAnEditor_IsRefusedAndOthersSeeNothing()
    {
        var key = (await Workspace.Keys.CreateAsync("pipeline", ApiKeyScope.Read, "brg_abcdef", Hash(), null))!;
        await using var other = await OtherWorkspaceAsync();
        Assert.Empty(await other.Keys.ListAsync());
        Assert.Null(await other.Keys.RevokeAsync(key.Id));

        Workspace.Me.Role = WorkspaceRole.Editor;

        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Keys.ListAsync());
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Keys.FindAsync(key.Id));
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Keys.CreateAsync("mine", ApiKeyScope.Admin, "brg_abcdef", Hash(), null));
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Keys.RevokeAsync(key.Id));
    }

    private static string Hash() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
}
