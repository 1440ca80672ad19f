using System.Net.Sockets;
using Brigade.Data.Errors;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Brigade.Data.Tests.Errors;

/// <summary>What cannot be brought about in a test (a failing disk, a server that shuts down) is made up here; the rest is in the tests of start-up.</summary>
public sealed class StorageErrorsTests
{
    [Theory]
    [InlineData(5, "locked by another program")]
    [InlineData(8, "cannot be opened for writing")]
    [InlineData(10, "disk failed")]
    [InlineData(11, "damaged")]
    [InlineData(14, "BRIGADE_DATA")]
    [InlineData(26, "backup")]
    public void ThrowIfKnown_Sqlite_SaysWhatAndHowToMend(int code, string part) => AssertUnavailable(new SqliteException("a\nmessage", code), part);

    [Theory]
    [InlineData(PostgresErrorCodes.InvalidPassword, "password")]
    [InlineData(PostgresErrorCodes.InvalidCatalogName, "createdb")]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, "owner")]
    [InlineData(PostgresErrorCodes.AdminShutdown, "takes no connection")]
    [InlineData(PostgresErrorCodes.TooManyConnections, "takes no connection")]
    public void ThrowIfKnown_Postgres_SaysWhatAndHowToMend(string state, string part) => AssertUnavailable(new PostgresException("a\nmessage", "ERROR", "ERROR", state), part);

    [Theory]
    [InlineData(PostgresErrorCodes.UndefinedFile, "could not open extension control file \"/x/pg_trgm.control\": No such file or directory", "Install it on that server")]
    [InlineData(PostgresErrorCodes.FeatureNotSupported, "extension \"pg_trgm\" is not available", "Install it on that server")]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, "permission denied to create extension \"pg_trgm\"", "CREATE EXTENSION pg_trgm")]
    public void ThrowIfKnown_ExtensionForTheSearchIsMissing_SaysHowToMend(string state, string message, string part) => AssertUnavailable(new PostgresException(message, "ERROR", "ERROR", state), part);

    [Fact]
    public void ThrowIfKnown_NoConnection_SaysWhatAndHowToMend()
    {
        AssertUnavailable(new SocketException((int)SocketError.HostNotFound), "does not answer");
        AssertUnavailable(new NpgsqlException("x", new SocketException((int)SocketError.ConnectionRefused)), "does not answer");
        AssertUnavailable(new NpgsqlException("x", new TimeoutException()), "does not answer");
    }

    [Fact]
    public void ThrowIfKnown_NoRoom_IsAnErrorOfItsOwn()
    {
        Assert.Throws<StorageFullException>(() => StorageErrors.ThrowIfKnown(new SqliteException("full", 13), "place"));
        Assert.Throws<StorageFullException>(() => StorageErrors.ThrowIfKnown(new PostgresException("full", "ERROR", "ERROR", PostgresErrorCodes.DiskFull), "place"));
    }

    [Fact]
    public void ThrowIfKnown_AnythingElse_IsLeftAlone()
    {
        StorageErrors.ThrowIfKnown(new InvalidOperationException("a fault of the program"), "place");
        StorageErrors.ThrowIfKnown(new SqliteException("syntax", 1), "place");
        StorageErrors.ThrowIfKnown(new PostgresException("syntax", "ERROR", "ERROR", PostgresErrorCodes.SyntaxError), "place");
    }

    private static void AssertUnavailable(Exception cause, string part)
    {
        var error = Assert.Throws<DatabaseUnavailableException>(() => StorageErrors.ThrowIfKnown(new InvalidOperationException("wrapped", cause), "the-place"));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("the-place", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
