using Brigade.Data.Entities;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class GrainStoreOnSqliteTests(SqliteDatabase database) : GrainStoreTests(database);

public sealed class GrainStoreOnPostgresTests(PostgresDatabase database) : GrainStoreTests(database);

public abstract class GrainStoreTests(TestDatabase database) : StoreTests(database)
{
    private readonly string _grain = $"run/{Guid.NewGuid():n}";

    [Fact]
    public async Task RegisterAsync_Taken_AnswersWhoHasItUnlessThatOneIsReplaced()
    {
        var store = Workspace.Grains;
        Assert.Equal("one", (await store.RegisterAsync(Registration("one"), null)).Activation);
        Assert.Equal("one", (await store.RegisterAsync(Registration("two"), null)).Activation);
        Assert.Equal("one", (await store.RegisterAsync(Registration("two"), Registration("another"))).Activation);
        Assert.Equal("two", (await store.RegisterAsync(Registration("two"), Registration("one"))).Activation);
        Assert.Equal("two", (await store.FindAsync(_grain))!.Activation);
    }

    [Fact]
    public async Task UnregisterAsync_ActivationThatIsNotThere_LeavesTheOther()
    {
        var store = Workspace.Grains;
        await store.RegisterAsync(Registration("one"), null);

        await store.UnregisterAsync(Registration("another"));
        Assert.NotNull(await store.FindAsync(_grain));
        await store.UnregisterAsync(Registration("one"));
        Assert.Null(await store.FindAsync(_grain));
    }

    [Fact]
    public async Task ForgetAsync_NodesThatAreGone_FreesWhatTheyHad()
    {
        var store = Workspace.Grains;
        await store.RegisterAsync(Registration("one"), null);

        await store.ForgetAsync([$"silo of {_grain}"]);

        Assert.Null(await store.FindAsync(_grain));
    }

    private GrainRegistration Registration(string activation) => new() { Grain = _grain, Activation = activation, Silo = $"silo of {_grain}", MembershipVersion = 1 };
}
