using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class ScheduleStoreOnSqliteTests(SqliteDatabase database) : ScheduleStoreTests(database);

public sealed class ScheduleStoreOnPostgresTests(PostgresDatabase database) : ScheduleStoreTests(database);

public abstract class ScheduleStoreTests(TestDatabase database) : StoreTests(database)
{
    private ScheduleStore Schedules => Workspace.Schedules;

    [Fact]
    public async Task FireAsync_ManyNodesAtOnce_QueueOneRun()
    {
        var schedule = await NewAsync();
        var next = schedule.NextAt!.Value.AddDays(1);

        var fired = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => FireAsync(schedule, next))));

        var run = Assert.Single(fired, row => row is not null)!;
        Assert.Equal(("0 3 * * * UTC", schedule.ExperimentId, 1, RunStatus.Queued), (run.Schedule, run.ExperimentId, run.ExperimentVersion, run.Status));
        Assert.Equal(run.Id, Assert.Single((await Runs.ListAsync(new RunQuery())).Items).Id);
        var after = await Schedules.FindAsync(schedule.Id);
        Assert.Equal((next, run.Id, Clock.GetUtcNow()), (after!.NextAt!.Value, after.LastRunId!.Value, after.LastRunAt!.Value));
    }

    [Fact]
    public async Task FireAsync_FormerRunNotEnded_IsLeftOutAndSaysWhy()
    {
        var schedule = await NewAsync();
        var first = await FireAsync(schedule, schedule.NextAt!.Value.AddDays(1));
        await Runs.CommitAsync(first!.Id, new RunChanges { Status = RunStatus.Running });
        schedule = await Schedules.FindAsync(schedule.Id);

        Assert.Null(await FireAsync(schedule!, schedule!.NextAt!.Value.AddDays(1)));

        var after = await Schedules.FindAsync(schedule.Id);
        Assert.Equal((Clock.GetUtcNow(), "The run before it had not ended.", schedule.NextAt.Value.AddDays(1)), (after!.SkippedAt!.Value, after.SkipReason, after.NextAt!.Value));
        await Runs.CommitAsync(first.Id, new RunChanges { Status = RunStatus.Completed, EndedAt = Clock.GetUtcNow() });
        Assert.NotNull(await FireAsync(after, after.NextAt!.Value.AddDays(1)));
    }

    [Fact]
    public async Task FireAsync_PausedOrMovedOn_QueuesNothing()
    {
        var schedule = await NewAsync();
        await Schedules.ChangeAsync(schedule.Id, schedule.Cron, schedule.TimeZone, isEnabled: false, schedule.NextAt);

        Assert.Null(await FireAsync(schedule, null));

        Assert.Null((await Schedules.FindAsync(schedule.Id))!.NextAt);
        Assert.Empty((await Runs.ListAsync(new RunQuery())).Items);
    }

    [Fact]
    public async Task DueAsync_AcrossWorkspaces_GivesWhatIsDue()
    {
        var due = await NewAsync();
        var later = await NewAsync("Later", Clock.GetUtcNow().AddHours(1));
        var paused = await NewAsync("Paused");
        await Schedules.ChangeAsync(paused.Id, paused.Cron, paused.TimeZone, isEnabled: false, paused.NextAt);
        await using var other = await OtherWorkspaceAsync();

        var found = (await other.ScheduleDirectory.DueAsync(Clock.GetUtcNow(), 1_000)).Select(row => row.Id).ToList();

        Assert.Contains(new DueSchedule(Workspace.Id, due.Id), await other.ScheduleDirectory.DueAsync(Clock.GetUtcNow(), 1_000));
        Assert.DoesNotContain(later.Id, found);
        Assert.DoesNotContain(paused.Id, found);
        Assert.Null(await other.Schedules.FindAsync(due.Id));
        Assert.Empty(await other.Schedules.ListAsync());
    }

    [Fact]
    public async Task DeleteExperiment_Scheduled_TakesItsSchedulesAlongAndLeavesRuns()
    {
        var schedule = await NewAsync();
        var run = await FireAsync(schedule, schedule.NextAt!.Value.AddDays(1));

        await Experiments.DeleteAsync(schedule.ExperimentId);

        Assert.Empty(await Schedules.ListAsync());
        Assert.NotNull(await Runs.FindAsync(run!.Id));
    }

    [Fact]
    public async Task DeleteRun_BegunBySchedule_LeavesTheSchedule()
    {
        var schedule = await NewAsync();
        var run = await FireAsync(schedule, schedule.NextAt!.Value.AddDays(1));
        await Runs.CommitAsync(run!.Id, new RunChanges { Status = RunStatus.Completed, EndedAt = Clock.GetUtcNow() });

        Assert.True(await Runs.DeleteAsync(run.Id));

        Assert.Null((await Schedules.FindAsync(schedule.Id))!.LastRunId);
    }

    [Fact]
    public async Task CreateAsync_TooManyOrNoExperiment_IsNull()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        for (var count = 0; count < ScheduleStore.MostPerExperiment; count++)
            Assert.NotNull(await Schedules.CreateAsync(experiment, "0 3 * * *", "UTC", isEnabled: true, Clock.GetUtcNow()));

        Assert.Null(await Schedules.CreateAsync(experiment, "0 3 * * *", "UTC", isEnabled: true, Clock.GetUtcNow()));
        Assert.Null(await Schedules.CreateAsync(Guid.NewGuid(), "0 3 * * *", "UTC", isEnabled: true, Clock.GetUtcNow()));
    }

    private Task<RunRow?> FireAsync(ScheduleRow schedule, DateTimeOffset? next) => Schedules.FireAsync(schedule, schedule.NextAt!.Value, next, Samples.Spec("Primes"), 7, 4);

    private async Task<ScheduleRow> NewAsync(string name = "Primes", DateTimeOffset? next = null) =>
        (await Schedules.CreateAsync((await Experiments.CreateAsync(Samples.Spec(name))).Id, "0 3 * * *", "UTC", isEnabled: true, next ?? Clock.GetUtcNow()))!;
}
