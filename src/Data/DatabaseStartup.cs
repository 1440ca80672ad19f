using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Brigade.Data;

/// <summary>Brings the database up to this version of the program.</summary>
public static class DatabaseStartup
{
    // Any number will do, as long as every node uses the same.
    private const long PostgresLock = 0x42726967616465;

    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Takes the data directory (SQLite), applies migrations and seeds the default workspace with its first owner, who has no password. Several nodes may start at once on PostgreSQL: one does it, the others wait.</summary>
    /// <exception cref="DatabaseUnavailableException">With one line for the user: what is wrong and how to mend it.</exception>
    /// <exception cref="StorageFullException">There is no room for the migration.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellation = default)
    {
        var location = services.GetRequiredService<StorageLocation>();
        if (location.IsSqlite)
            services.GetRequiredService<InstanceLock>().Acquire();

        try
        {
            await using var postgresLock = await LockPostgresAsync(location, cancellation);
            await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateSystemScope(Workspace.DefaultId);
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync(cancellation);
            db.Database.SetCommandTimeout(MigrationTimeout);
            await db.Database.OpenConnectionAsync(cancellation);
            if (location.IsSqlite)
                await PrepareSqliteAsync(db, cancellation);
            await RefuseNewerSchemaAsync(db, location, cancellation);
            await db.Database.MigrateAsync(cancellation);
            if (location.IsSqlite)
            {
                await SqliteSearch.EnsureAsync(db, cancellation);
                await SqlitePlanning.EnsureAsync(db, cancellation);
            }

            await SeedAsync(db, services.GetRequiredService<TimeProvider>(), cancellation);
        }
        catch (Exception error)
        {
            StorageErrors.ThrowIfKnown(error, location.Place);
            throw;
        }
    }

    // A connection outside the pool: closing it always gives the lock back.
    private static async Task<NpgsqlConnection?> LockPostgresAsync(StorageLocation location, CancellationToken cancellation)
    {
        if (location.IsSqlite)
            return null;

        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(location.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { CommandTimeout = (int)MigrationTimeout.TotalSeconds };
            command.Parameters.Add(new NpgsqlParameter { Value = PostgresLock });
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task PrepareSqliteAsync(BrigadeDbContext db, CancellationToken cancellation)
    {
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);

        // EF keeps its own lock as a row, which a process killed in the middle leaves behind for ever. We hold the instance lock, so nobody else is migrating.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
    }

    private static async Task RefuseNewerSchemaAsync(BrigadeDbContext db, StorageLocation location, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellation)).FirstOrDefault(applied => !known.Contains(applied));
        if (unknown is not null)
        {
            throw new DatabaseUnavailableException(
                $"The database {location.Place} was changed by a newer Brigade (migration {unknown}). Start that version, or restore a backup made before it.");
        }
    }

    private static async Task SeedAsync(BrigadeDbContext db, TimeProvider clock, CancellationToken cancellation)
    {
        if (await db.Workspaces.AnyAsync(workspace => workspace.Id == Workspace.DefaultId, cancellation))
            return;
        var now = clock.GetUtcNow();
        var owner = User.Create("Owner", now);
        db.Workspaces.Add(new Workspace { Id = Workspace.DefaultId, Name = "Default", CreatedAt = now });
        db.Users.Add(owner);
        db.Memberships.Add(new Membership { UserId = owner.Id, Role = WorkspaceRole.Owner, Since = now });
        await db.SaveChangesAsync(cancellation);
    }
}
