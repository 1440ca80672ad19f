using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Schedules of the current workspace. Times are worked out by the caller, who knows cron and zones. One context per operation.</summary>
public sealed class ScheduleStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public const int LongestCron = 200;

    /// <summary>Schedules that one experiment may have.</summary>
    public const int MostPerExperiment = 20;

    /// <summary>By experiment and age.</summary>
    /// <param name="experimentId">Null for all.</param>
    public Task<IReadOnlyList<ScheduleRow>> ListAsync(Guid? experimentId = null, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<ScheduleRow>>(
        async db => await Rows(db, db.Schedules.Where(schedule => experimentId == null || schedule.ExperimentId == experimentId)).ToListAsync(cancellation), cancellation);

    public Task<ScheduleRow?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        ReadAsync(db => Rows(db, db.Schedules.Where(schedule => schedule.Id == id)).SingleOrDefaultAsync(cancellation), cancellation);

    /// <summary>Null where there is no such experiment, or it has <see cref="MostPerExperiment"/> of them.</summary>
    /// <param name="next">When it runs first; null where it is made paused.</param>
    public Task<ScheduleRow?> CreateAsync(Guid experimentId, string cron, string timeZone, bool isEnabled, DateTimeOffset? next, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var name = await db.Experiments.Where(row => row.Id == experimentId).Select(row => row.Name).SingleOrDefaultAsync(cancellation);
            if (name is null || await db.Schedules.CountAsync(row => row.ExperimentId == experimentId, cancellation) >= MostPerExperiment)
                return null;
            var now = clock.GetUtcNow();
            var schedule = new Schedule
            {
                Id = Guid.CreateVersion7(now), ExperimentId = experimentId, Cron = cron, TimeZone = timeZone, IsEnabled = isEnabled, NextAt = isEnabled ? next : null, CreatedBy = db.Scope.ActorName, CreatedAt = now,
            };
            db.Add(schedule);
            db.Audit("schedule.created", schedule.Id.ToString(), $"{name}: {cron} {timeZone}");
            await db.SaveChangesAsync(cancellation);
            return await Rows(db, db.Schedules.Where(row => row.Id == schedule.Id)).SingleAsync(cancellation);
        },
        cancellation);

    /// <summary>Null where there is no such schedule.</summary>
    /// <param name="next">When it runs next, where it is enabled.</param>
    public Task<ScheduleRow?> ChangeAsync(Guid id, string cron, string timeZone, bool isEnabled, DateTimeOffset? next, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var due = isEnabled ? next : null;
            if (await db.Schedules.Where(row => row.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Cron, cron).SetProperty(row => row.TimeZone, timeZone).SetProperty(row => row.IsEnabled, isEnabled).SetProperty(row => row.NextAt, due), cancellation) == 0)
                return null;
            db.Audit("schedule.changed", id.ToString(), $"{cron} {timeZone}{(isEnabled ? "" : ", paused")}");
            return await Rows(db, db.Schedules.Where(row => row.Id == id)).SingleAsync(cancellation);
        },
        cancellation);

    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            if (await db.Schedules.Where(row => row.Id == id).ExecuteDeleteAsync(cancellation) == 0)
                return false;
            db.Audit("schedule.deleted", id.ToString());
            return true;
        },
        cancellation);

    /// <summary>Moves a due schedule on and queues its run, in one transaction: whichever node moves it on first, that one alone queues it. Null where another one did, or nothing was queued.</summary>
    /// <param name="due">The <see cref="ScheduleRow.NextAt"/> that was read.</param>
    /// <param name="next">The time after it.</param>
    /// <param name="refusal">Why no run can be begun, where the caller knows one; empty else.</param>
    public async Task<RunRow?> FireAsync(ScheduleRow schedule, DateTimeOffset due, DateTimeOffset? next, ExperimentSpec spec, int seed, int trialCount, string refusal = "", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var json = StoredJson.Write(spec);
        var version = await ReadAsync(db => RunStore.VersionOfAsync(db, schedule.ExperimentId, json, cancellation), cancellation);
        return await WriteAsync(
            async db =>
            {
                var own = db.Schedules.Where(row => row.Id == schedule.Id);
                var taken = await own.Where(row => row.NextAt == due && row.IsEnabled).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, next), cancellation);
                if (taken == 0)
                    return null;
                var now = clock.GetUtcNow();
                var reason = refusal.Length > 0 ? refusal : await HinderedAsync(db, schedule, cancellation) ?? await OverQuotaAsync(db, now, cancellation);
                if (reason is not null)
                {
                    await own.ExecuteUpdateAsync(set => set.SetProperty(row => row.SkippedAt, (DateTimeOffset?)now).SetProperty(row => row.SkipReason, StoredText.Clean(reason)), cancellation);
                    return null;
                }

                var run = NewRun.Add(db, spec, json, seed, trialCount, schedule.ExperimentId, version, now, $"{schedule.Cron} {schedule.TimeZone}");
                await db.SaveChangesAsync(cancellation);
                await own.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastRunId, (Guid?)run.Id).SetProperty(row => row.LastRunAt, (DateTimeOffset?)now), cancellation);
                return await db.Runs.Where(row => row.Id == run.Id).Select(RunList.ToRow).SingleAsync(cancellation);
            },
            cancellation);
    }

    /// <summary>Which quota leaves no room for another run now; null where none does.</summary>
    private static async Task<string?> OverQuotaAsync(BrigadeDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await QuotaCheck.DemandRunAsync(db, now, cancellation);
            return null;
        }
        catch (QuotaExceededException exceeded)
        {
            return exceeded.Message;
        }
    }

    /// <summary>Why a schedule begins no run now; null where it can.</summary>
    private static async Task<string?> HinderedAsync(BrigadeDbContext db, ScheduleRow schedule, CancellationToken cancellation)
    {
        var before = await db.Schedules.Where(row => row.Id == schedule.Id)
            .Join(db.Runs, row => row.LastRunId, run => (Guid?)run.Id, (_, run) => new { run.Status }).SingleOrDefaultAsync(cancellation);
        return before is null || before.Status.IsTerminal() ? null : before.Status == RunStatus.Queued ? "The run before it still waits for a runner." : "The run before it had not ended.";
    }

    private static IQueryable<ScheduleRow> Rows(BrigadeDbContext db, IQueryable<Schedule> schedules) =>
        from schedule in schedules
        join experiment in db.Experiments on schedule.ExperimentId equals experiment.Id
        orderby experiment.NameKey, schedule.CreatedAt, schedule.Id
        select new ScheduleRow(
            schedule.Id, schedule.ExperimentId, experiment.Name, schedule.Cron, schedule.TimeZone, schedule.IsEnabled, schedule.NextAt, schedule.LastRunId, schedule.LastRunAt, schedule.SkippedAt, schedule.SkipReason,
            schedule.CreatedBy, schedule.CreatedAt);
}

/// <summary>A schedule with its experiment's name.</summary>
/// <param name="NextAt">Null where it is paused, or there is no such time.</param>
/// <param name="SkipReason">Why it began no run at <paramref name="SkippedAt"/>.</param>
public sealed record ScheduleRow(
    Guid Id, Guid ExperimentId, string ExperimentName, string Cron, string TimeZone, bool IsEnabled, DateTimeOffset? NextAt, Guid? LastRunId, DateTimeOffset? LastRunAt, DateTimeOffset? SkippedAt, string SkipReason,
    string CreatedBy, DateTimeOffset CreatedAt);
