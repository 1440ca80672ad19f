using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class IdempotencyStoreOnSqliteTests(SqliteDatabase database) : IdempotencyStoreTests(database);

public sealed class IdempotencyStoreOnPostgresTests(PostgresDatabase database) : IdempotencyStoreTests(database);

public abstract class IdempotencyStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task BeginAsync_Twice_TellsWhatIsKnown()
    {
        Assert.Null(await Workspace.Repeats.BeginAsync("k", "print"));
        Assert.Null((await Workspace.Repeats.BeginAsync("k", "print"))!.Status);

        await Workspace.Repeats.EndAsync("k", 202, "application/json", "/runs/1", [1, 2]);

        var known = (await Workspace.Repeats.BeginAsync("k", "other"))!;
        Assert.Equal(("print", 202, "application/json", "/runs/1"), (known.Fingerprint, known.Status, known.ContentType, known.Location));
        Assert.Equal([1, 2], known.Body);
        await using var other = await OtherWorkspaceAsync();
        Assert.Null(await other.Repeats.BeginAsync("k", "print"));
    }

    [Fact]
    public async Task BeginAsync_ForgottenDeadOrOld_IsNew()
    {
        await Workspace.Repeats.BeginAsync("failed", "print");
        await Workspace.Repeats.ForgetAsync("failed");
        Assert.Null(await Workspace.Repeats.BeginAsync("failed", "print"));

        await Workspace.Repeats.BeginAsync("dead", "print");
        Clock.Advance(IdempotencyStore.LongestRequest + TimeSpan.FromSeconds(1));
        Assert.Null(await Workspace.Repeats.BeginAsync("dead", "print"));

        await Workspace.Repeats.EndAsync("dead", 200, "", "", []);
        Clock.Advance(IdempotencyStore.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Null(await Workspace.Repeats.BeginAsync("dead", "print"));
        await using var db = Workspace.Context();
        Assert.Equal(1, await db.IdempotencyRecords.CountAsync());
    }
}
