using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Brigade.Data.Startup;

/// <summary>Settings that SQLite keeps per connection.</summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    // Waiting writers queue inside SQLite. FULL: a commit outlives a power cut too, because a runner deletes its journal once the server says that it is committed.
    private const string Settings = "PRAGMA busy_timeout = 15000; PRAGMA synchronous = FULL;";

    public static string ConnectionString(string file) => new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = true, DefaultTimeout = 30 }.ConnectionString;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
