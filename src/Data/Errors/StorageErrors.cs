using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Brigade.Data.Errors;

/// <summary>Turns what the two databases throw into the few errors that callers can act on.</summary>
public static class StorageErrors
{
    private const int SqliteBusy = 5;
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;
    private const int SqliteUniqueConstraint = 2067;

    public static bool IsUniqueViolation(Exception error) => Chain(error).Any(inner =>
        inner is SqliteException { SqliteExtendedErrorCode: SqliteUniqueConstraint }
        || inner is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation });

    /// <summary>Throws what callers can act on in place of a known error; returns where this one says best what happened.</summary>
    /// <param name="place">The database as users know it: a file's path, or host and database name.</param>
    public static void ThrowIfKnown(Exception error, string place)
    {
        if (Translate(error, place) is { } translated)
            throw translated;
    }

    private static Exception? Translate(Exception error, string place) => Chain(error)
        .Select(inner => inner switch
        {
            SqliteException sqlite => Translate(sqlite, error, place),
            PostgresException postgres => Translate(postgres, error, place),
            NpgsqlException npgsql when Chain(npgsql).Any(cause => cause is SocketException or IOException or TimeoutException) => Unreachable(npgsql, error, place),

            // A host name that does not resolve comes as it is.
            SocketException socket => Unreachable(socket, error, place),
            _ => null,
        })
        .FirstOrDefault(translated => translated is not null);

    private static DatabaseUnavailableException Unreachable(Exception cause, Exception error, string place) =>
        new($"PostgreSQL at {place} does not answer: {OneLine(Chain(cause).Last().Message)}. Start it, or correct ConnectionStrings__Brigade.", error);

    private static Exception? Translate(SqliteException sqlite, Exception error, string place) => sqlite.SqliteErrorCode switch
    {
        SqliteFull => new StorageFullException($"There is no room left to write to {place}. Free some space on that disk; nothing measured is lost.", error),
        SqliteCorrupt or SqliteNotADatabase => new DatabaseUnavailableException(
            $"The file {place} is damaged or is no database of Brigade. Restore it from a backup, or move it away to start with an empty one.", error),
        SqliteBusy => new DatabaseUnavailableException($"The file {place} is locked by another program. Close that program and try again.", error),
        SqliteReadOnly or SqliteCannotOpen => new DatabaseUnavailableException(
            $"The file {place} cannot be opened for writing. Give this user the right to write it and its directory, or set BRIGADE_DATA to another directory.", error),
        SqliteInputOutput => new DatabaseUnavailableException($"The disk failed while using {place}: {OneLine(sqlite.Message)}. Check the disk.", error),
        _ => null,
    };

    private static Exception? Translate(PostgresException postgres, Exception error, string place) => postgres.SqlState switch
    {
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => new StorageFullException(
            $"PostgreSQL at {place} has no room left: {OneLine(postgres.MessageText)}. Free some space; nothing measured is lost.", error),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new DatabaseUnavailableException(
            $"PostgreSQL at {place} refused the user or the password. Correct them in ConnectionStrings__Brigade.", error),
        PostgresErrorCodes.InvalidCatalogName => new DatabaseUnavailableException(
            $"PostgreSQL at {place} has no such database. Create it (createdb), or correct ConnectionStrings__Brigade.", error),
        PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.FeatureNotSupported when postgres.MessageText.Contains("pg_trgm", StringComparison.Ordinal) => new DatabaseUnavailableException(
            $"PostgreSQL at {place} lacks the extension pg_trgm, with which runs are searched. Install it on that server (it comes with PostgreSQL, in Debian's package postgresql, elsewhere often as postgresql-contrib).", error),
        PostgresErrorCodes.InsufficientPrivilege when postgres.MessageText.Contains("pg_trgm", StringComparison.Ordinal) => new DatabaseUnavailableException(
            $"PostgreSQL at {place} does not let this user create the extension pg_trgm, with which runs are searched. Make the user the owner of the database (PostgreSQL 13 or newer), or create the extension as an administrator: CREATE EXTENSION pg_trgm.", error),
        PostgresErrorCodes.InsufficientPrivilege => new DatabaseUnavailableException(
            $"PostgreSQL at {place} does not let this user do that: {OneLine(postgres.MessageText)}. Make the user the owner of the database.", error),
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.TooManyConnections => new DatabaseUnavailableException(
            $"PostgreSQL at {place} takes no connection now: {OneLine(postgres.MessageText)}. Try again.", error),
        _ => null,
    };

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            yield return inner;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
