using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

/// <summary>Lists stay quick because each order and filter is a range of an index; asked of the database, since times depend on the machine.</summary>
public sealed class QueryPlanTests(SqliteDatabase database) : StoreTests(database)
{
    private const int RunCount = 10_000;

    [Fact]
    public async Task RunLists_TenThousandRuns_UseTheirIndexesAndSortNothing()
    {
        await FillAsync();
        await using var db = Workspace.Context();
        var experiment = Guid.CreateVersion7();

        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery()), "IX_Runs_WorkspaceId_QueuedAt_Id");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { Descending = false, Skip = 5_000 }), "IX_Runs_WorkspaceId_QueuedAt_Id");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { Sort = RunSort.Name }), "IX_Runs_WorkspaceId_NameKey_Id");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { Sort = RunSort.Duration }), "IX_Runs_WorkspaceId_DurationMs_Id");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { Sort = RunSort.Status }), "IX_Runs_WorkspaceId_Status_QueuedAt_Id");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { Statuses = [RunStatus.Failed] }), "IX_Runs_WorkspaceId_Status_QueuedAt_Id");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { IsImported = false }), "IX_Runs_WorkspaceId_IsImported_QueuedAt_Id (WorkspaceId=? AND IsImported=?)");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { After = new RunPlace(Clock.GetUtcNow(), experiment) }), "IX_Runs_WorkspaceId_QueuedAt_Id (WorkspaceId=? AND QueuedAt<?)");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { ExperimentId = experiment }), "IX_Runs_WorkspaceId_ExperimentId_QueuedAt_Id");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { Search = "primes" }), "IX_Runs_WorkspaceId_QueuedAt_Id");
        await AssertPlanAsync(db, RunList.Keys(db, new RunQuery { Search = "primes" }), "SCAN RunSearch VIRTUAL TABLE INDEX 0:M1\nSEARCH RunSearchKeys USING INTEGER PRIMARY KEY (rowid=?)\nSEARCH Runs USING INDEX sqlite_autoindex_Runs_1 (Id=?)");
        await AssertPlanAsync(db, RunList.Keys(db, new RunQuery { IsImported = true, Sort = RunSort.Name }), "IX_Runs_WorkspaceId_IsImported_QueuedAt_Id (WorkspaceId=? AND IsImported=?)");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { IsImported = false, Sort = RunSort.Name }), "IX_Runs_WorkspaceId_NameKey_Id");
        await AssertPlanAsync(db, RunList.Page(db.Runs, new RunQuery { Statuses = [RunStatus.Completed], Sort = RunSort.Duration }), "IX_Runs_WorkspaceId_DurationMs_Id");
        await AssertPlanAsync(db, db.Runs.GroupBy(run => run.Status).Select(same => new { same.Key, Count = same.Count() }), "COVERING INDEX IX_Runs_WorkspaceId_Status_QueuedAt_Id");

        var page = await Runs.ListAsync(new RunQuery { Search = "run 77", Sort = RunSort.Name });
        Assert.Equal(100, page.Total);
        Assert.Equal("run 7799, run 7798", string.Join(", ", page.Items.Take(2).Select(run => run.Name)));
    }

    [Fact]
    public async Task RowsOfGivenKeys_ManyOfThem_ReadsThoseAndNoWorkspace()
    {
        await using var db = Workspace.Context();
        List<Guid> ids = [.. Enumerable.Range(0, RunStore.MaximumPageSize).Select(_ => Guid.CreateVersion7())];

        await AssertPlanAsync(db, db.Runs.Where(run => ids.Contains(run.Id)), "sqlite_autoindex_Runs_1 (Id=?)");
        await AssertPlanAsync(db, db.CellPoints.Where(point => ids.Contains(point.RunId)), "sqlite_autoindex_CellPoints_1 (RunId=?)");
    }

    [Fact]
    public async Task History_OfACell_IsARangeOfItsIndex()
    {
        await using var db = Workspace.Context();
        var id = Guid.CreateVersion7();

        await AssertPlanAsync(
            db, TrendStore.PointsOf(db, id, "key", Clock.GetUtcNow(), "machine"), "IX_CellPoints_WorkspaceId_ExperimentId_CellKey_EndedAt_RunId (WorkspaceId=? AND ExperimentId=? AND CellKey=? AND EndedAt>?)");
        await AssertPlanAsync(
            db, ChangeStore.Filter(db.Changes, new ChangeQuery { States = [ChangeState.Open] }).OrderByDescending(change => change.At).ThenByDescending(change => change.Id).Take(9),
            "IX_Changes_WorkspaceId_State_At_Id (WorkspaceId=? AND State=?)");
    }

    [Fact]
    public async Task OpenRuns_TenThousandRuns_ReadsOnlyThose()
    {
        await FillAsync();
        await using var db = Workspace.Context();

        await AssertPlanAsync(db, RunList.OpenRuns(db.Runs), "IX_Runs_WorkspaceId_Status_QueuedAt_Id (WorkspaceId=? AND Status=?)");
    }

    [Fact]
    public async Task PartsOfARun_AreRangesOfTheirKeys()
    {
        await using var db = Workspace.Context();
        var (id, key) = (Guid.CreateVersion7(), "key");

        await AssertPlanAsync(db, db.Trials.Where(trial => trial.RunId == id).OrderBy(trial => trial.Index), "sqlite_autoindex_Trials_1 (RunId=?)");
        await AssertPlanAsync(db, db.SeriesSegments.Where(segment => segment.RunId == id).OrderBy(segment => segment.Trial).ThenBy(segment => segment.FirstFrame), "sqlite_autoindex_SeriesSegments_1 (RunId=?)");
        await AssertPlanAsync(
            db,
            db.Trials.Where(trial => trial.ExperimentId == id && trial.CellKey == key).OrderBy(trial => trial.StoredAt),
            "IX_Trials_WorkspaceId_ExperimentId_CellKey_StoredAt (WorkspaceId=? AND ExperimentId=? AND CellKey=?)");
    }

    private static async Task AssertPlanAsync<T>(BrigadeDbContext db, IQueryable<T> query, string index)
    {
        var plan = await PlanAsync(db, query);
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    private static async Task<string> PlanAsync<T>(BrigadeDbContext db, IQueryable<T> query)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = query.CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
            steps.Add(reader.GetString(3));
        return string.Join('\n', steps);
    }

    private async Task FillAsync()
    {
        await using var db = Workspace.Context();
        await db.Database.ExecuteSqlAsync($$"""
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {{RunCount}})
            INSERT INTO Runs (Id, WorkspaceId, Name, NameKey, SearchText, Status, QueuedAt, DurationMs, Workload, Runtimes, Strategies, Tags, Reason, RunnerName, Seed, TrialCount, TrialsEnded, TrialsFailed, CommittedSequence, Source, IsImported, ImportHash, MachineKey, Guess, Schedule)
            SELECT upper(printf('%s-%s-7%s-8%s-%s', hex(randomblob(4)), hex(randomblob(2)), substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))),
                {{Workspace.Id}}, printf('run %04d', n), printf('run %04d', n), printf('run %04d', n),
                CASE n % 4 WHEN 0 THEN 'Completed' WHEN 1 THEN 'Failed' WHEN 2 THEN 'Cancelled' ELSE 'Lost' END,
                {{Clock.GetUtcNow().UtcTicks}} + n, n * 7 % 1000, 'noop', 'python', 'threads', '[]', '', '', 1, 1, 0, 0, -1, '', 0, '', '', '', ''
            FROM numbers
            """);
    }
}
