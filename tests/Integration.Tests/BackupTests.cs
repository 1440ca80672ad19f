using System.Diagnostics;
using System.Net;
using Brigade.Integration.Tests.Support;
using Brigade.Tests.Shared;
using Npgsql;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>What docs/operations.md says of backups: made while the server runs, restored into an empty place.</summary>
public sealed class BackupTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Backup_OfSqliteWhileRunning_HoldsWhatWasMeasured()
    {
        using var data = new TemporaryDirectory();
        using var restored = new TemporaryDirectory();
        Guid experiment;
        await using (var server = await Server.StartAsync(data.Path))
        {
            experiment = (await SeededHistory.StoreAsync(null, data.Path, "kept")).Experiment;
            await RunAsync("python3", ["-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', (sys.argv[2],))", Path.Combine(data.Path, "brigade.db"), Path.Combine(restored.Path, "brigade.db")]);
        }

        await AssertHasAsync(experiment, restored.Path, database: null);
    }

    [Fact]
    public async Task Backup_OfPostgresWhileRunning_HoldsWhatWasMeasured()
    {
        using var data = new TemporaryDirectory();
        using var other = new TemporaryDirectory();
        var from = await postgres.CreateDatabaseAsync();
        var to = await postgres.CreateDatabaseAsync();
        var dump = Path.Combine(data.Path, "brigade.dump");
        Guid experiment;
        await using (var server = await Server.StartAsync(data.Path, from))
        {
            experiment = (await SeededHistory.StoreAsync(from, data.Path, "kept")).Experiment;
            await RunAsync("pg_dump", ["--format=custom", "--file", dump], from);
        }

        await RunAsync("pg_restore", ["--no-owner", "--exit-on-error", "--dbname", new NpgsqlConnectionStringBuilder(to).Database!, dump], to);
        await AssertHasAsync(experiment, other.Path, to);
    }

    private static async Task AssertHasAsync(Guid experiment, string data, string? database)
    {
        await using var server = await Server.StartAsync(data, database);
        using var response = await server.Client.GetAsync($"/api/v1/experiments/{experiment}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(36, (await server.GetAsync($"/api/v1/experiments/{experiment}/trend?range=all"))["series"]![0]!["points"]!.AsArray().Count);
    }

    private static async Task RunAsync(string program, string[] arguments, string? database = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true };
        if (database is not null)
        {
            var connection = new NpgsqlConnectionStringBuilder(database);
            (start.Environment["PGHOST"], start.Environment["PGDATABASE"], start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (connection.Host, connection.Database, connection.Username, connection.Password);
        }

        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }
}
