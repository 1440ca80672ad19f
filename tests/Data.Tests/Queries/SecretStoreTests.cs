using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class SecretStoreOnSqliteTests(SqliteDatabase database) : SecretStoreTests(database);

public sealed class SecretStoreOnPostgresTests(PostgresDatabase database) : SecretStoreTests(database);

public abstract class SecretStoreTests(TestDatabase database) : StoreTests(database)
{
    private SecretStore Secrets => Workspace.Secrets;

    [Fact]
    public async Task SetAsync_NewAndAgain_IsListedWithoutItsValueAndNoted()
    {
        Assert.True(await Secrets.SetAsync("B_TOKEN", "first value"));
        Assert.True(await Secrets.SetAsync("A_TOKEN", "other value"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await Secrets.SetAsync("B_TOKEN", "second value"));

        var rows = await Secrets.ListAsync();

        Assert.Equal([("A_TOKEN", "Ada"), ("B_TOKEN", "Ada")], rows.Select(row => (row.Name, row.ChangedBy)));
        Assert.Equal([TimeSpan.FromMinutes(-1), TimeSpan.Zero], rows.Select(row => row.ChangedAt - Clock.GetUtcNow()));
        var acts = (await Workspace.Audit.ListAsync(new AuditQuery())).Items;
        Assert.Equal(["secret.changed", "secret.created", "secret.created"], acts.Select(act => act.Action), StringComparer.Ordinal);
        Assert.DoesNotContain(acts, act => (act.Subject + act.Detail).Contains("value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TakeAsync_SomeNames_GivesThoseAloneAndNotesTheUse()
    {
        await Secrets.SetAsync("TAKEN", "a value 'with\" parts\n");
        await Secrets.SetAsync("LEFT", "left alone");

        var values = await Secrets.TakeAsync(["TAKEN", "UNKNOWN"]);

        Assert.Equal([KeyValuePair.Create("TAKEN", "a value 'with\" parts\n")], values);
        Assert.Equal([null, Clock.GetUtcNow()], (await Secrets.ListAsync()).Select(row => row.UsedAt));
    }

    [Fact]
    public async Task TakeAsync_CipherOfAnotherRow_IsRefused()
    {
        await Secrets.SetAsync("MINE", "my own value");
        await Secrets.SetAsync("YOURS", "your own value");
        await using (var db = Workspace.Context())
        {
            var cipher = (await db.Secrets.SingleAsync(secret => secret.Name == "YOURS")).Cipher;
            await db.Secrets.Where(secret => secret.Name == "MINE").ExecuteUpdateAsync(set => set.SetProperty(secret => secret.Cipher, cipher));
        }

        var refused = await Assert.ThrowsAsync<UnreadableSecretException>(() => Secrets.TakeAsync(["MINE"]));

        Assert.Contains("the secret 'MINE' cannot be decrypted", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteAsync_Secret_IsGone()
    {
        await Secrets.SetAsync("GONE", "a value to go");

        Assert.True(await Secrets.DeleteAsync("GONE"));
        Assert.False(await Secrets.DeleteAsync("GONE"));
        Assert.Empty(await Secrets.ListAsync());
    }

    [Fact]
    public async Task Roles_LesserThanTheyTake_AreRefused()
    {
        await Secrets.SetAsync("KEPT", "a value to keep");
        Workspace.Me.Role = WorkspaceRole.Editor;
        Assert.Single(await Secrets.ListAsync());
        await Assert.ThrowsAsync<NotAllowedException>(() => Secrets.SetAsync("X", "a new value"));
        await Assert.ThrowsAsync<NotAllowedException>(() => Secrets.DeleteAsync("KEPT"));
        await Assert.ThrowsAsync<NotAllowedException>(() => Secrets.TakeAsync(["KEPT"]));

        Workspace.Me.Role = WorkspaceRole.Viewer;
        await Assert.ThrowsAsync<NotAllowedException>(() => Secrets.ListAsync());
    }

    [Theory]
    [InlineData("1ST", "a good value")]
    [InlineData("a b", "a good value")]
    [InlineData("GOOD", "q7!z")]
    [InlineData("GOOD", "with a \0 in it")]
    public async Task SetAsync_WrongNameOrValue_IsRefusedWithoutTheValue(string name, string value)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Secrets.SetAsync(name, value));

        Assert.DoesNotContain(value, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetAsync_OtherWorkspace_HasItsOwn()
    {
        await Secrets.SetAsync("SHARED_NAME", "of this one");
        await using var other = await OtherWorkspaceAsync();

        Assert.Empty(await other.Secrets.ListAsync());
        await other.Secrets.SetAsync("SHARED_NAME", "of the other one");

        Assert.Equal("of this one", (await Secrets.TakeAsync(["SHARED_NAME"]))["SHARED_NAME"]);
    }
}
