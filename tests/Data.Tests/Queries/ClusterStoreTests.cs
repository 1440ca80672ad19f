using Brigade.Data.Entities;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class ClusterStoreOnSqliteTests(SqliteDatabase database) : ClusterStoreTests(database);

public sealed class ClusterStoreOnPostgresTests(PostgresDatabase database) : ClusterStoreTests(database);

public abstract class ClusterStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task AddAndUpdate_OnTheStrengthOfAnOlderList_AreRefused()
    {
        var store = Workspace.Cluster;
        await store.ClearAsync();
        await store.InitializeAsync();
        await store.InitializeAsync();
        Assert.Equal(0, (await store.ReadAsync()).Version);

        Assert.True(await store.AddAsync(Member("a"), 0));
        Assert.False(await store.AddAsync(Member("b"), 0));
        Assert.False(await store.AddAsync(Member("a"), 1));
        Assert.True(await store.AddAsync(Member("b"), 1));
        Assert.False(await store.UpdateAsync(Member("a", "Dead"), 7, 2));
        Assert.True(await store.UpdateAsync(Member("a", "Dead"), 0, 2));

        var list = await store.ReadAsync();
        Assert.Equal(3, list.Version);
        Assert.Equal(["Dead", "Active"], list.Members.OrderBy(member => member.Silo, StringComparer.Ordinal).Select(member => member.Status), StringComparer.Ordinal);
        Assert.Equal(1, Assert.Single((await store.ReadAsync("a")).Members).Revision);
    }

    [Fact]
    public async Task Alive_ChangesNeitherListNorRow_AndTheDeadAreForgotten()
    {
        var store = Workspace.Cluster;
        await store.ClearAsync();
        await store.InitializeAsync();
        await store.AddAsync(Member("a", "Dead"), 0);
        await store.AddAsync(Member("b"), 1);

        await store.AliveAsync("b", Clock.GetUtcNow().AddHours(1));
        await store.ForgetAsync("Dead", Clock.GetUtcNow().AddHours(2));

        var list = await store.ReadAsync();
        Assert.Equal(2, list.Version);
        var left = Assert.Single(list.Members);
        Assert.Equal(("b", 0, Clock.GetUtcNow().AddHours(1)), (left.Silo, left.Revision, left.AliveAt));
    }

    private ClusterMember Member(string silo, string status = "Active") => new()
    {
        Silo = silo, Status = status, HostName = "host", Name = silo, Suspicions = "[]", StartedAt = Clock.GetUtcNow(), AliveAt = Clock.GetUtcNow(),
    };
}
