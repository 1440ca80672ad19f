using Brigade.Integration.Tests.Support;
using Brigade.Tests.Shared;
using Brigade.Web.Cluster;
using Npgsql;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>One server on one PostgreSQL database, also when its connections are cut.</summary>
public sealed class SingleNodeTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Start_DatabaseOfAnotherServer_ChangesNothingInIt()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var other = await LockAsync(database);

        var (exitCode, errors) = await Server.RefusedAsync(_data.Path, postgres: database);

        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another Brigade", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0L, await ScalarAsync<long>(other, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    [Fact]
    public async Task Start_DatabaseThatDoesNotAnswer_RefusesInOneLine()
    {
        var (exitCode, errors) = await Server.RefusedAsync(_data.Path, postgres: "Host=127.0.0.1;Port=1;Database=brigade;Username=brigade;Password=x");

        Assert.Equal(1, exitCode);
        Assert.Contains("127.0.0.1:1/brigade does not answer", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ConnectionIsCut_TakesTheDatabaseAgain()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var server = await Server.StartAsync(_data.Path, database);
        await using var connection = await OpenAsync(database);
        var before = await HolderAsync(connection);
        Assert.NotEqual(0, before);

        await CutAsync(connection);

        await UntilAsync(async () => await HolderAsync(connection) is var holder && holder != 0 && holder != before);
    }

    [Fact]
    public async Task Run_AnotherServerTookTheDatabase_StopsAndSaysWhy()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var server = await Server.StartAsync(_data.Path, database);
        await using var connection = await OpenAsync(database);
        var taking = LockAsync(database);
        await UntilAsync(async () => await ScalarAsync<long>(connection, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") > 0);

        await CutAsync(connection);
        await using var other = await taking;

        Assert.Equal(1, await server.ExitAsync());
        Assert.Contains("Another Brigade uses the same database now", server.Errors, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
            await timer.WaitForNextTickAsync(patience.Token);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<NpgsqlConnection> LockAsync(string database)
    {
        var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({SingleNode.LockKey})", connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Task<int> HolderAsync(NpgsqlConnection connection) => ScalarAsync<int>(connection, $"SELECT coalesce(max(pid), 0) FROM ({Holders}) holder");

    private static Task<long> CutAsync(NpgsqlConnection connection) => ScalarAsync<long>(connection, $"SELECT count(pg_terminate_backend(pid)) FROM ({Holders}) holder");

    private static string Holders => $"""
        SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32 | objid::bigint) = {SingleNode.LockKey}
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
