using System.Data.Common;
using System.Globalization;
using Brigade.Data;
using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Benchmarks;

/// <summary>Makes a long history of the rows of one run and one experiment, within the database: whatever columns the tables have, they are copied, and only what tells runs apart is written anew.</summary>
internal sealed class Multiplier(IServiceProvider services, int runs, int experiments, DateTimeOffset now)
{
    private static readonly string MinuteTicks = TimeSpan.TicksPerMinute.ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs of each rare kind: as many in a short history as in a long one, so that a list of them is as long.</summary>
    private const int RareRuns = 40;

    private bool _isSqlite;

    /// <summary>The id of the run or experiment with a number.</summary>
    public static Guid Id(int number) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{number:x8}-0000-7000-8000-{number:x12}"));

    public async Task MultiplyAsync(Guid experiment, Guid run)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.Database.OpenConnectionAsync();
        _isSqlite = db.Database.IsSqlite();
        var ofExperiment = string.Create(CultureInfo.InvariantCulture, $"n % {experiments}");
        var (runId, experimentId) = (IdOf("n"), IdOf(ofExperiment));
        var at = string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks} - ({runs} - n) * 5 * {MinuteTicks}");
        var name = $"'experiment ' || {Padded(ofExperiment, 4)}";
        var rare = string.Create(CultureInfo.InvariantCulture, $"n % {Math.Max(4, runs / RareRuns)}");
        var text = $"{name} || ' cpu.primes nightly commit-' || {Padded("n", 6)}";

        await using var transaction = await db.Database.BeginTransactionAsync();
        await CopyAsync<Experiment>(db, experiments, "Id", experiment, new(StringComparer.Ordinal) { ["Id"] = IdOf("n"), ["Name"] = name, ["NameKey"] = name });
        await CopyAsync<ExperimentVersion>(db, experiments, "ExperimentId", experiment, new(StringComparer.Ordinal) { ["ExperimentId"] = IdOf("n") });
        await CopyAsync<ExperimentCell>(db, experiments, "ExperimentId", experiment, new(StringComparer.Ordinal) { ["ExperimentId"] = IdOf("n") });
        await CopyAsync<Run>(db, runs, "Id", run, new(StringComparer.Ordinal)
        {
            ["Id"] = runId, ["ExperimentId"] = experimentId, ["Name"] = name, ["NameKey"] = name, ["SearchText"] = text, ["QueuedAt"] = at, ["StartedAt"] = at, ["EndedAt"] = at,
            ["DurationMs"] = "n * 31 % 100003", ["Source"] = $"CASE WHEN {rare} = 3 THEN 'k6' ELSE '' END", ["IsImported"] = $"({rare} = 3)",
            ["Status"] = $"CASE {rare} WHEN 0 THEN 'Failed' WHEN 1 THEN 'Lost' WHEN 2 THEN 'Cancelled' ELSE 'Completed' END",
        });
        await CopyAsync<RunDocument>(db, runs, "RunId", run, new(StringComparer.Ordinal) { ["RunId"] = runId });
        await CopyAsync<Trial>(db, runs, "RunId", run, new(StringComparer.Ordinal) { ["RunId"] = runId, ["ExperimentId"] = experimentId, ["StoredAt"] = at, ["ThroughputPerSecond"] = "100 + n * 37 % 11" });
        await CopyAsync<LatencyHistogram>(db, Math.Min(runs, 1_000), "RunId", run, new(StringComparer.Ordinal) { ["RunId"] = runId });
        await CopyAsync<CellPoint>(db, runs, "RunId", run, new(StringComparer.Ordinal) { ["RunId"] = runId, ["ExperimentId"] = experimentId, ["EndedAt"] = at, ["Throughput"] = "100 + n * 37 % 11" });

        // A change in each of the last runs.
        await CopyAsync<Change>(db, experiments, "RunId", run, new(StringComparer.Ordinal) { ["Id"] = IdOf("n"), ["RunId"] = IdOf("n"), ["ExperimentId"] = IdOf("n"), ["At"] = at });
        await transaction.CommitAsync();

        // On PostgreSQL the server does this by itself after a while.
        if (!_isSqlite)
            await ExecuteAsync(db, "VACUUM (ANALYZE)");
    }

    private async Task CopyAsync<T>(BrigadeDbContext db, int times, string column, Guid template, Dictionary<string, string> anew)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = $"\"{entity.GetTableName()}\"";
        var columns = entity.GetProperties().Select(property => property.GetColumnName()).ToList();
        var id = template.ToString().ToUpperInvariant();
        await ExecuteAsync(db, $"CREATE TEMPORARY TABLE template AS SELECT * FROM {table} WHERE \"{column}\" = '{id}'");
        var numbers = _isSqlite
            ? string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {times})")
            : string.Create(CultureInfo.InvariantCulture, $"WITH numbers AS (SELECT generate_series(0, {times - 1})::bigint AS n)");
        await ExecuteAsync(db, $"""
            {numbers}
            INSERT INTO {table} ({string.Join(", ", columns.Select(name => $"\"{name}\""))})
            SELECT {string.Join(", ", columns.Select(name => anew.GetValueOrDefault(name, $"template.\"{name}\"")))} FROM numbers CROSS JOIN template
            """);
        await ExecuteAsync(db, "DROP TABLE template");
    }

    private string IdOf(string number) => _isSqlite
        ? $"printf('%08X-0000-7000-8000-%012X', {number}, {number})"
        : $"(lpad(to_hex({number}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid";

    private string Padded(string number, int digits)
    {
        var width = digits.ToString(CultureInfo.InvariantCulture);
        return _isSqlite ? $"printf('%0{width}d', {number})" : $"lpad(({number})::text, {width}, '0')";
    }

    // Nothing of this comes from outside.
    private static async Task ExecuteAsync(BrigadeDbContext db, string sql)
    {
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        command.Transaction = db.Database.CurrentTransaction is { } transaction ? Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction) : null;
        await command.ExecuteNonQueryAsync();
    }
}
