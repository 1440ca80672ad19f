using System.Globalization;
using Brigade.Data.Errors;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>What a quota says within the transaction that wants more.</summary>
internal static class QuotaCheck
{
    // A guess at when the next run will have ended.
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(30);

    /// <summary>Asks whether another run may be queued. One at a time asks, so that two cannot both be the last one.</summary>
    /// <exception cref="QuotaExceededException">There are too many open runs, or the month's minutes are used up.</exception>
    public static async Task DemandRunAsync(BrigadeDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        var rules = await db.WorkspaceSettings.Select(row => new { row.RunsAtATime, row.RunMinutesAMonth }).SingleOrDefaultAsync(cancellation);
        if (rules is null or { RunsAtATime: null, RunMinutesAMonth: null })
            return;
        await WorkspaceLock.TakeAsync(db, cancellation);
        if (rules.RunsAtATime is { } most && await OpenRunsAsync(db, cancellation) is var open && open >= most)
        {
            throw new QuotaExceededException("runsAtATime", most, open, SoonAgain, string.Create(CultureInfo.InvariantCulture,
                $"{open} runs of this workspace are queued or running, and its quota is {most} at a time. Wait until one has ended, cancel one, or ask an admin to raise the quota in the settings."));
        }

        if (rules.RunMinutesAMonth is { } minutes && await RunMinutesAsync(db, now, cancellation) is var used && used >= minutes)
        {
            var next = MonthEnds(now);
            throw new QuotaExceededException("runMinutesAMonth", minutes, used, next - now, string.Create(CultureInfo.InvariantCulture,
                $"Runs of this workspace took {used:0.#} minutes this month, and its quota is {minutes}. It begins anew on {next:d MMMM} (UTC); until then ask an admin to raise it in the settings."));
        }
    }

    public static Task<int> OpenRunsAsync(BrigadeDbContext db, CancellationToken cancellation) => RunList.OpenRuns(db.Runs).CountAsync(cancellation);

    /// <summary>Of this month: what has ended, and what the running ones have taken so far.</summary>
    public static async Task<double> RunMinutesAsync(BrigadeDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        var month = Month(now);
        var ended = await db.RunUses.Where(use => use.Month == month).Select(use => (double?)use.RunMs).SingleOrDefaultAsync(cancellation) ?? 0;
        var started = await db.Runs.Where(run => RunList.Open.Contains(run.Status) && run.StartedAt != null).Select(run => run.StartedAt!.Value).ToListAsync(cancellation);
        return (ended / 60_000) + started.Sum(at => Math.Max(0, (now - at).TotalMinutes));
    }

    /// <summary>Counts a run that has ended now.</summary>
    public static Task AddRunAsync(BrigadeDbContext db, double milliseconds, DateTimeOffset now, CancellationToken cancellation)
    {
        var (workspace, month, more) = (db.WorkspaceId, Month(now), Math.Max(0, milliseconds));

        // One statement that both databases know: runs of a workspace may end at the same moment, also the month's first ones.
        return db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "RunUses" ("WorkspaceId", "Month", "RunMs") VALUES ({workspace}, {month}, {more}) ON CONFLICT ("WorkspaceId", "Month") DO UPDATE SET "RunMs" = "RunUses"."RunMs" + excluded."RunMs" """,
            cancellation);
    }

    /// <summary>The first moment of the next month.</summary>
    public static DateTimeOffset MonthEnds(DateTimeOffset now) => new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);

    private static int Month(DateTimeOffset now) => (now.UtcDateTime.Year * 100) + now.UtcDateTime.Month;
}
