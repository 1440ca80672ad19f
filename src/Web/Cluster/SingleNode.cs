using Brigade.Data;
using Brigade.Data.Startup;
using Brigade.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Web.Cluster;

/// <summary>
/// Keeps a second server off the same PostgreSQL database as long as a cluster has one node: each would own every run. SQLite has its file lock.
/// Held by a connection, so that a killed server leaves nothing behind.
/// </summary>
internal sealed class SingleNode(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : IAsyncDisposable
{
    // Any number will do that nobody else uses.
    private const long LockKey = 0x427269676E6F6465;

    private BrigadeDbContext? _holder;

    /// <exception cref="StartException">Another server has the database.</exception>
    public async Task AcquireAsync()
    {
        if (location.IsSqlite || _holder is not null)
            return;
        _holder = await contexts.CreateDbContextAsync();
        await _holder.Database.OpenConnectionAsync();
        if (!await _holder.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({LockKey}) AS \"Value\"").SingleAsync())
        {
            throw new StartException(
                $"The database {location.Place} is in use by another Brigade. Several servers on one database are not supported yet: stop the other one, or give this one a database of its own.");
        }
    }

    public ValueTask DisposeAsync() => _holder?.DisposeAsync() ?? default;
}
