using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class StarStoreOnSqliteTests(SqliteDatabase database) : StarStoreTests(database);

public sealed class StarStoreOnPostgresTests(PostgresDatabase database) : StarStoreTests(database);

public abstract class StarStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task SetAsync_Viewer_FindsTheRunByTheirOwnStar()
    {
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;
        await Runs.CreateAsync(Samples.Spec("Other"), 1, 4, null);
        Workspace.Me.Role = WorkspaceRole.Viewer;

        Assert.True(await Workspace.Stars.SetAsync(run, isStarred: true));
        Assert.True(await Workspace.Stars.SetAsync(run, isStarred: true));

        Assert.True(await Workspace.Stars.HasAsync(run));
        Assert.Equal(run, Assert.Single((await Runs.ListAsync(new RunQuery { StarredBy = "u1" })).Items).Id);
        Assert.Empty((await Runs.ListAsync(new RunQuery { StarredBy = "u2" })).Items);
        Workspace.Me.ActorId = "u2";
        Assert.False(await Workspace.Stars.HasAsync(run));
    }

    [Fact]
    public async Task SetAsync_TakenAway_IsGone()
    {
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;
        await Workspace.Stars.SetAsync(run, isStarred: true);

        Assert.True(await Workspace.Stars.SetAsync(run, isStarred: false));

        Assert.False(await Workspace.Stars.HasAsync(run));
        Assert.False(await Workspace.Stars.SetAsync(Guid.NewGuid(), isStarred: true));
    }

    [Fact]
    public async Task SetAsync_ManyAtOnce_IsOneStar()
    {
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;

        var set = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Workspace.Stars.SetAsync(run, isStarred: true))));

        Assert.All(set, Assert.True);
        Assert.Single((await Runs.ListAsync(new RunQuery { StarredBy = "u1" })).Items);
    }
}
