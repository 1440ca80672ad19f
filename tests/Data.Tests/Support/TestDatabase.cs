using Brigade.Data.Tests.Support;
using Brigade.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

[assembly: AssemblyFixture(typeof(SqliteDatabase))]
[assembly: AssemblyFixture(typeof(PostgresDatabase))]

namespace Brigade.Data.Tests.Support;

/// <summary>One migrated database for all tests of a provider. Each test works in a workspace of its own, so none sees another's rows.</summary>
public abstract class TestDatabase : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private ServiceProvider? _services;

    protected abstract Task<string?> ConnectionStringAsync();

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await ConnectionStringAsync();
        _services = new ServiceCollection().AddBrigadeData(ConnectionString, _directory.Path).BuildServiceProvider();
        await DatabaseStartup.MigrateAsync(_services);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    public Task<TestWorkspace> NewWorkspaceAsync() => TestWorkspace.CreateAsync(ConnectionString, _directory.Path);

    private string? ConnectionString { get; set; }
}

public sealed class SqliteDatabase : TestDatabase
{
    protected override Task<string?> ConnectionStringAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresDatabase : TestDatabase
{
    /// <summary>For tests that need a database of their own.</summary>
    public PostgresServer Server { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<string?> ConnectionStringAsync()
    {
        await Server.InitializeAsync();
        return await Server.CreateDatabaseAsync();
    }
}
