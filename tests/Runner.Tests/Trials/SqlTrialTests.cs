using System.Globalization;
using System.Text.Json;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Tests.Fakes;
using Brigade.Tests.Shared;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Brigade.Runner.Tests.Trials;

/// <summary>The workload <c>sql</c> in both runtimes against real databases.</summary>
public sealed class SqlTrialTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Rows = "insert into things (number, name) values (1, 'a'), (2, 'b'), (3, 'c'), (4, 'a')";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-sql-");
    private string _database = "";
    private string _sqlite = "";
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        _sqlite = Path.Combine(_directory.FullName, "a b.db");
        await using (var file = new SqliteConnection($"Data Source={_sqlite};Pooling=False"))
        {
            await file.OpenAsync();
            await using var command = file.CreateCommand();
            command.CommandText = "create table things (number integer, name text); " + Rows;
            await command.ExecuteNonQueryAsync();
        }

        _database = await postgres.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand("create table things (number bigint, name text); " + Rows, connection);
        await create.ExecuteNonQueryAsync();
        var parts = new NpgsqlConnectionStringBuilder(_database);
        _address = $"postgresql://{parts.Username}:{Uri.EscapeDataString(parts.Password!)}@/{parts.Database}?host={Uri.EscapeDataString(parts.Host!)}";
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("dotnet", Strategy.Threads)]
    [InlineData("dotnet", Strategy.Async)]
    [InlineData("dotnet", Strategy.Processes)]
    [InlineData("python", Strategy.Threads)]
    [InlineData("python", Strategy.Async)]
    [InlineData("python", Strategy.Processes)]
    public async Task ExecuteAsync_Select_CountsTheRowsInBothDatabases(string runtime, Strategy strategy)
    {
        // Three rows for index 0, two for 1, one for 2: 'a' twice and 'b', without the smaller numbers.
        const string Query = "select number, name, '100%' from things where number > {index} and name <> {other} and number < {most}";

        foreach (var address in new[] { $"sqlite://{_sqlite.Replace(" ", "%20", StringComparison.Ordinal)}", _address })
        {
            var result = await RunAsync(runtime, strategy, address, Query, ("other", ParameterValue.Of("c")), ("most", ParameterValue.Of(100)));
            if (await NeedsPsycopgAsync(result, runtime, address))
            {
                continue;
            }

            Assert.Equal(("", 3L, 0L), (result.Failure, result.Tasks, result.Errors));
            Assert.Equal(6.ToString("x16", CultureInfo.InvariantCulture), result.Checksum);
        }
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    public async Task ExecuteAsync_Update_CountsWhatItChangedAndBindsHostileTexts(string runtime)
    {
        foreach (var address in new[] { $"sqlite://{_sqlite.Replace(" ", "%20", StringComparison.Ordinal)}", _address })
        {
            var result = await RunAsync(runtime, Strategy.Sequential, address, "update things set name = {hostile} where number <= 2", ("hostile", ParameterValue.Of("'; drop table things; --")));
            if (await NeedsPsycopgAsync(result, runtime, address))
            {
                continue;
            }

            Assert.Equal(("", 0L, 6.ToString("x16", CultureInfo.InvariantCulture)), (result.Failure, result.Errors, result.Checksum));
        }

        await using var file = new SqliteConnection($"Data Source={_sqlite};Pooling=False");
        await file.OpenAsync();
        await using var count = file.CreateCommand();
        count.CommandText = "select count(*) from things where name = '''; drop table things; --'";
        Assert.Equal(2L, await count.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("dotnet", "no such table: absent")]
    [InlineData("python", "no such table: absent")]
    public async Task ExecuteAsync_QueryWithAnError_IsATaskErrorWithTheDatabasesMessage(string runtime, string message)
    {
        var file = await RunAsync(runtime, Strategy.Sequential, $"sqlite:{_sqlite}", "select * from absent");
        var server = await RunAsync(runtime, Strategy.Sequential, _address, "select * from absent");

        Assert.Equal((3L, 3L), (file.Tasks, file.Errors));
        Assert.Contains(message, file.TaskErrors[0].Message, StringComparison.Ordinal);
        if (!await NeedsPsycopgAsync(server, runtime, _address))
        {
            Assert.Contains("relation \"absent\" does not exist", server.TaskErrors[0].Message, StringComparison.Ordinal);
        }

        AssertNoSecret(file, server);
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    public async Task ExecuteAsync_DatabaseThatCannotBeOpened_FailsTheTrialWithoutThePassword(string runtime)
    {
        var wrong = await RunAsync(runtime, Strategy.Threads, _address.Replace("@", "x@", StringComparison.Ordinal), "select 1");
        var missing = await RunAsync(runtime, Strategy.Processes, $"sqlite:{_sqlite}.no", "select 1");
        var unknown = await RunAsync(runtime, Strategy.Sequential, "", "select 1");

        if (!await NeedsPsycopgAsync(wrong, runtime, _address))
        {
            Assert.StartsWith("the database cannot be opened: ", wrong.Failure, StringComparison.Ordinal);
            Assert.Contains("password authentication failed", wrong.Failure, StringComparison.Ordinal);
        }

        Assert.StartsWith("the database cannot be opened: there is no such file", missing.Failure, StringComparison.Ordinal);
        Assert.Contains("set the environment variable BRIGADE_SQL_MINE", unknown.Failure, StringComparison.Ordinal);
        AssertNoSecret(wrong, missing, unknown);
    }

    /// <summary>Where the interpreter has no driver for PostgreSQL the trial has to say which package is missing.</summary>
    private static async Task<bool> NeedsPsycopgAsync(TrialResult result, string runtime, string address)
    {
        if (runtime != "python" || !address.StartsWith("postgresql", StringComparison.Ordinal))
        {
            return false;
        }

        var interpreter = (await RuntimeFinder.FindAsync()).First(found => found is { IsDefault: true, Language: "python" });
        using var asked = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(interpreter.Path, ["-c", "import psycopg"]) { UseShellExecute = false, RedirectStandardError = true })!;
        await asked.WaitForExitAsync();
        if (asked.ExitCode == 0)
        {
            return false;
        }

        Assert.StartsWith("PostgreSQL needs the package psycopg (version 3), which this interpreter does not have; install it: ", result.Failure, StringComparison.Ordinal);
        return true;
    }

    private static void AssertNoSecret(params TrialResult[] results)
    {
        Assert.DoesNotContain(PostgresServer.Password, JsonSerializer.Serialize(results), StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(PostgresServer.Password), JsonSerializer.Serialize(results), StringComparison.Ordinal);
    }

    private static Task<TrialResult> RunAsync(string runtime, Strategy strategy, string address, string query, params (string Name, ParameterValue Value)[] parameters) => RealHosts.RunAsync(
        new WorkloadSpec { Sql = new SqlSpec { Connection = "mine", Query = query }, Params = parameters.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal) },
        runtime, strategy, tasks: 3, connections: name => name == "mine" ? address : null);
}
