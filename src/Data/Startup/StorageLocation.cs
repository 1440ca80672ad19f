using Brigade.Data.Errors;
using Npgsql;

namespace Brigade.Data.Startup;

/// <summary>Which database is used, and how messages name it.</summary>
public sealed class StorageLocation
{
    private StorageLocation(string dataDirectory, string connectionString, bool isSqlite, string place) =>
        (DataDirectory, ConnectionString, IsSqlite, Place) = (dataDirectory, connectionString, isSqlite, place);

    public string DataDirectory { get; }

    public bool IsSqlite { get; }

    /// <summary>A file's path, or host, port and database; without user and password.</summary>
    public string Place { get; }

    /// <summary>What all servers on one database call it, however each reaches it: a file's path, or the database's name.</summary>
    public string SharedName => IsSqlite ? Place : Place[(Place.LastIndexOf('/') + 1)..];

    internal string ConnectionString { get; }

    /// <exception cref="DatabaseUnavailableException">The connection string cannot be read.</exception>
    public static StorageLocation Of(string? postgresConnectionString, string dataDirectory)
    {
        var directory = Path.GetFullPath(dataDirectory);
        if (string.IsNullOrWhiteSpace(postgresConnectionString))
        {
            var file = Path.Combine(directory, "brigade.db");
            return new StorageLocation(directory, SqliteConnections.ConnectionString(file), isSqlite: true, file);
        }

        try
        {
            var postgres = new NpgsqlConnectionStringBuilder(postgresConnectionString);
            return new StorageLocation(directory, postgres.ConnectionString, isSqlite: false, $"{postgres.Host}:{postgres.Port}/{postgres.Database ?? postgres.Username}");
        }
        catch (ArgumentException)
        {
            // Its message can hold a part of the password, when that has a semicolon; so neither the message nor the cause.
            throw new DatabaseUnavailableException(
                "ConnectionStrings__Brigade is no PostgreSQL connection string. Write it as Host=…;Database=…;Username=…;Password=… and put a value with a semicolon in quotes.");
        }
    }
}
