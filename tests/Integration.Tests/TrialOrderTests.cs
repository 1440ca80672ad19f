using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Integration.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>What is stored proves that the order of the trials was drawn, and by which seed.</summary>
public sealed class TrialOrderTests
{
    private const int Cells = 6;
    private const int Repeat = 3;

    private const string Spec =
        """
        { "version": 1, "name": "order", "workload": { "kernel": "noop" },
          "matrix": { "runtime": ["dotnet"], "strategy": ["threads", "pool"], "workers": [1, 2, 3] },
          "load": { "tasks": 10 }, "warmup": { "tasks": 0 }, "repeat": 3 }
        """;

    [Fact]
    public async Task StoredRun_TrialsInTheOrderOfTheirExecution_AreThePlanOfTheStoredSeed()
    {
        using var data = new TemporaryDirectory();
        await using var server = await Server.StartAsync(data.Path);
        var run = await server.SubmitAsync(Spec);
        await server.UntilAsync(run, "completed", "failed");

        var (seed, stored) = await ReadAsync(Path.Combine(data.Path, "brigade.db"));

        var plan = TrialPlanner.Expand(SpecReader.Read(Spec, SpecFormat.Json).Spec!, seed);
        Assert.Equal(plan.Trials.Select(trial => (EnumName.Of(plan.Cells[trial.Cell].Strategy), plan.Cells[trial.Cell].Workers, trial.Repetition)), stored);

        // Interleaved: each repetition is a block with every cell once; and a drawn order is not the listed one in each of them.
        Assert.All(stored.Chunk(Cells), block => Assert.Equal((Cells, 1), (block.Distinct().Count(), block.Select(trial => trial.Repetition).Distinct().Count())));
        Assert.NotEqual(1, stored.Chunk(Cells).Append(plan.Cells.Select(cell => (EnumName.Of(cell.Strategy), cell.Workers, 1))).Select(block => string.Join(' ', block.Select(trial => (trial.Item1, trial.Item2)))).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Cells * Repeat, stored.Count);
    }

    /// <summary>The run's seed, and its trials in the order in which they were stored, which is that of their ends.</summary>
    private static async Task<(int Seed, List<(string Strategy, int Workers, int Repetition)> Trials)> ReadAsync(string file)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var command = connection.CreateCommand();
        command.CommandText = """SELECT r.Seed, t.Strategy, t.Workers, t.Repetition FROM Trials t JOIN Runs r ON r.Id = t.RunId ORDER BY t.StoredAt, t."Index" """;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var seed = 0;
        var trials = new List<(string, int, int)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            seed = reader.GetInt32(0);
            trials.Add((reader.GetString(1).ToLowerInvariant(), reader.GetInt32(2), reader.GetInt32(3)));
        }

        return (seed, trials);
    }
}
