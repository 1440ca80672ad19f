using Brigade.Data;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Brigade.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Brigade.Web.Cluster;

/// <summary>
/// Keeps a second server off the same PostgreSQL database where they are no nodes of one cluster: each would own every run. Nodes share the hold, and one of them leads. SQLite has its file lock.
/// Held by a connection, so that a killed server leaves nothing behind. Not thread-safe.
/// </summary>
internal sealed class SingleNode(IServiceScopeFactory scopes, StorageLocation location, IOptions<ControlPlaneOptions> options) : ILeader, IAsyncDisposable
{
    // Any number will do that nobody else uses.
    public const long LockKey = 0x427269676E6F6465;

    private const long LeaderKey = LockKey + 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private BrigadeDbContext? _holder;

    /// <summary>Whether another server took the database from this one.</summary>
    public bool IsLost { get; set; }

    public bool IsLeader { get; private set; } = !options.Value.HasOtherNodes;

    /// <summary>Before anything is changed in the database; it may be empty.</summary>
    /// <exception cref="StartException">Another server has the database.</exception>
    /// <exception cref="DatabaseUnavailableException">It cannot be reached.</exception>
    public async Task AcquireAsync()
    {
        if (!await HoldAsync())
        {
            throw new StartException(
                $"The database {location.Place} is in use by another Brigade that is no node of the same cluster. Stop that one, give this one a database of its own, or tell both where the other nodes reach them ({Nodes.NodeAddress.Variable}).");
        }
    }

    /// <summary>Takes the database, or makes sure that it is still taken, on a new connection where the last one was cut. False where another server has it.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be reached.</exception>
    public async Task<bool> HoldAsync()
    {
        if (location.IsSqlite)
            return true;
        try
        {
            // The same session can take the lock any number of times, and a new one that was opened unnoticed has to take it again.
            _holder ??= await OpenAsync();
            if (!options.Value.HasOtherNodes)
                return await _holder.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({LockKey}) AS \"Value\"").SingleAsync();
            if (!await _holder.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock_shared({LockKey}) AS \"Value\"").SingleAsync())
                return false;
            IsLeader = await _holder.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({LeaderKey}) AS \"Value\"").SingleAsync();
            return true;
        }
        catch (Exception error)
        {
            await ReleaseAsync();
            StorageErrors.ThrowIfKnown(error, location.Place);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await ReleaseAsync();

    private async Task<BrigadeDbContext> OpenAsync()
    {
        // The context outlives this scope; it works in no workspace.
        await using var scope = scopes.CreateSystemScope(Guid.Empty);
        var holder = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        try
        {
            holder.Database.SetCommandTimeout(Patience);
            await holder.Database.OpenConnectionAsync();

            // So that PostgreSQL gives the lock back soon where the network between us is cut.
            await holder.Database.ExecuteSqlRawAsync("SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3");
            return holder;
        }
        catch
        {
            await holder.DisposeAsync();
            throw;
        }
    }

    private async Task ReleaseAsync()
    {
        IsLeader = !options.Value.HasOtherNodes;
        if (_holder is null)
            return;

        // A connection that goes back to the pool keeps its lock; this one is to be closed.
        if (_holder.Database.GetDbConnection() is NpgsqlConnection connection)
            NpgsqlConnection.ClearPool(connection);
        await _holder.DisposeAsync();
        _holder = null;
    }
}
