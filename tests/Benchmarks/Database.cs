using System.Diagnostics;
using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Tests.Shared;

namespace Brigade.Benchmarks;

/// <summary>
/// What a reader waits for with a long history: the product's own store methods on both databases, with 1,000 runs (10,000 trials) and with 100,000 (1,000,000), asked in turns.
/// Each experiment has 250 runs in both, and as many runs failed or were imported, so that an answer is as large and only what is around it has grown.
/// </summary>
/// <param name="manyRuns">Runs of the long history: fewer for a look while something is changed.</param>
internal sealed class Database(int manyRuns) : ISuite
{
    public const int ManyRuns = 100_000;

    private const int FewRuns = 1_000;
    private const int CallsInARound = 30;

    public string Name => "database";

    public string Title => "Queries over a long history";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        await using var server = new PostgresServer();
        await server.InitializeAsync();
        await foreach (var row in MeasureAsync("SQLite", 100, manyRuns, rounds, () => Task.FromResult<string?>(null)))
            yield return row;
        await foreach (var row in MeasureAsync("PostgreSQL", 50, manyRuns, rounds, async () => await server.CreateDatabaseAsync()))
            yield return row;
    }

    private static async IAsyncEnumerable<Row> MeasureAsync(string provider, double bar, int manyRuns, int rounds, Func<Task<string?>> database)
    {
        await using var few = await FilledDatabase.CreateAsync(await database(), FewRuns);
        await using var many = await FilledDatabase.CreateAsync(await database(), manyRuns);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{provider}: filled with {FewRuns} runs in {few.FilledIn.TotalSeconds:0} s and with {manyRuns} in {many.FilledIn.TotalSeconds:0} s"));
        foreach (var (what, ask) in Questions())
        {
            var (small, large) = (new List<double>(), new List<double>());
            for (var call = -5; call < rounds * CallsInARound; call++)
            {
                var (first, second) = (await TimeAsync(few, ask, call), await TimeAsync(many, ask, call));
                if (call < 0)
                    continue;
                small.Add(first);
                large.Add(second);
            }

            var isIngest = what.StartsWith("a finished trial", StringComparison.Ordinal);
            var p99 = large.Order().ElementAt((int)Math.Ceiling(large.Count * 0.99) - 1);
            var reach = isIngest ? 10 : bar;
            yield return new Row($"{provider}: {what}, 99th percentile", "—", new Sample([p99], " ms"), string.Create(CultureInfo.InvariantCulture, $"under {reach} ms"), p99 < reach);
            if (!isIngest)
            {
                var ratio = new Sample([new Sample(large).Median / new Sample(small).Median], "×");
                yield return new Row($"{provider}: {what}, median", "10,000 trials", ratio, "under 1.5×", ratio.Median < 1.5);
            }
        }
    }

    private static IEnumerable<(string What, Func<FilledDatabase, int, Task> Ask)> Questions()
    {
        yield return ("history page", (db, _) => db.Runs.ListAsync(new RunQuery()));
        yield return ("history page by name", (db, _) => db.Runs.ListAsync(new RunQuery { Sort = RunSort.Name, Descending = false }));
        yield return ("history page far back", (db, _) => db.Runs.ListAsync(new RunQuery { After = db.Middle }));
        yield return ("list filtered by status", (db, _) => db.Runs.ListAsync(new RunQuery { Statuses = [RunStatus.Failed, RunStatus.Lost] }));
        yield return ("list filtered by the status that nearly all have", (db, _) => db.Runs.ListAsync(new RunQuery { Statuses = [RunStatus.Completed] }));
        yield return ("list filtered by status, by duration", (db, _) => db.Runs.ListAsync(new RunQuery { Statuses = [RunStatus.Failed, RunStatus.Lost], Sort = RunSort.Duration }));
        yield return ("list of imported runs", (db, _) => db.Runs.ListAsync(new RunQuery { IsImported = true }));
        yield return ("list of imported runs by name", (db, _) => db.Runs.ListAsync(new RunQuery { IsImported = true, Sort = RunSort.Name, Descending = false }));
        yield return ("list of runs measured here by name", (db, _) => db.Runs.ListAsync(new RunQuery { IsImported = false, Sort = RunSort.Name, Descending = false }));
        yield return ("list of an experiment", (db, call) => db.Runs.ListAsync(new RunQuery { ExperimentId = db.Experiment(call) }));
        yield return ("search that finds much", (db, _) => db.Runs.ListAsync(new RunQuery { Search = "nightly" }));
        yield return ("search that finds little", (db, call) => db.Runs.ListAsync(new RunQuery { Search = db.Commit(call) }));
        yield return ("search that finds nothing", (db, _) => db.Runs.ListAsync(new RunQuery { Search = "commit-nowhere" }));
        yield return ("comparison of two runs", CompareAsync);
        yield return ("trend of a cell", TrendAsync);
        yield return ("feed of changes", (db, _) => db.Changes.ListAsync(new ChangeQuery { States = [ChangeState.Open], Take = 6 }));
        yield return ("a finished trial with its frames stored", (db, call) => db.StoreTrialAsync(call));
    }

    private static async Task CompareAsync(FilledDatabase db, int call)
    {
        foreach (var run in new[] { db.Run(call), db.Run(call + 1) })
        {
            _ = await db.Runs.FindAsync(run) ?? throw new InvalidOperationException("A run is missing.");
            if ((await db.Runs.TrialsAsync(run)).Count != FilledDatabase.TrialsOfARun)
                throw new InvalidOperationException("Trials are missing.");
        }
    }

    private static async Task TrendAsync(FilledDatabase db, int call)
    {
        var experiment = db.Experiment(call);
        var cells = await db.Trends.CellsAsync(experiment);
        var points = await db.Trends.PointsAsync(experiment, cells[0].Key);
        if (points.Points.Count != FilledDatabase.RunsOfAnExperiment)
            throw new InvalidOperationException($"A trend of {FilledDatabase.RunsOfAnExperiment} runs has {points.Points.Count} points.");
        await db.Changes.ListAsync(new ChangeQuery { ExperimentId = experiment, CellKeys = [cells[0].Key] });
        await db.Trends.AnnotationsAsync(experiment);
    }

    private static async Task<double> TimeAsync(FilledDatabase db, Func<FilledDatabase, int, Task> ask, int call)
    {
        var start = Stopwatch.GetTimestamp();
        await ask(db, Math.Abs(call));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
