using Brigade.Contracts.Network;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class NetworkStoreOnSqliteTests(SqliteDatabase database) : NetworkStoreTests(database);

public sealed class NetworkStoreOnPostgresTests(PostgresDatabase database) : NetworkStoreTests(database);

public abstract class NetworkStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task ChangeRulesAsync_List_IsKeptBesideTheOtherSettings()
    {
        Assert.Equal(NetworkRules.PublicOnly, await Workspace.Network.RulesAsync());
        await Retention.ChangeRulesAsync(new RetentionRules(30, null));
        var rules = new NetworkRules(["db.example.com:5432", "10.0.0.0/8"], OnlyListed: true);

        await Workspace.Network.ChangeRulesAsync(rules);

        Assert.Equal(rules, await Workspace.Network.RulesAsync());
        Assert.Equal(30, (await Retention.RulesAsync()).KeepFramesDays);
        Assert.Contains((await Workspace.Audit.ListAsync(new AuditQuery())).Items, entry => entry.Detail.Contains("db.example.com:5432, 10.0.0.0/8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChangeRulesAsync_WrongEntryOrEditor_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Workspace.Network.ChangeRulesAsync(new NetworkRules(["http://x"])));
        Workspace.Me.Role = WorkspaceRole.Editor;
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Network.ChangeRulesAsync(new NetworkRules(["10.0.0.1"])));
    }
}
