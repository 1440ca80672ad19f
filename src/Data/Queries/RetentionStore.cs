using System.Globalization;
using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>How long a workspace keeps what; null keeps it for ever.</summary>
/// <param name="KeepFramesDays">Days after its end that a run keeps its frames of 100 ms.</param>
/// <param name="KeepTrialsDays">Days after its end that a run keeps the histograms and task errors of its trials. Their summaries stay in any case.</param>
public sealed record RetentionRules(int? KeepFramesDays, int? KeepTrialsDays)
{
    public const int MostDays = 36_500;

    public static RetentionRules KeepAll { get; } = new(null, null);
}

/// <summary>What one batch deleted.</summary>
/// <param name="Last">The last run that was looked at, to go on behind; null where there is none left.</param>
public sealed record Thinned(int Runs, long Bytes, ThinningPlace? Last);

/// <summary>A place in the order of runs by their end.</summary>
public sealed record ThinningPlace(DateTimeOffset EndedAt, Guid RunId);

/// <summary>What a workspace keeps for how long, and the deletion of what is older: a few runs at a time, so that nobody waits for it. A pinned baseline keeps everything.</summary>
public sealed class RetentionStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public Task<RetentionRules> RulesAsync(CancellationToken cancellation = default) => ReadAsync(
        async db => await db.WorkspaceSettings.Select(row => new RetentionRules(row.KeepFramesDays, row.KeepTrialsDays)).SingleOrDefaultAsync(cancellation) ?? RetentionRules.KeepAll,
        cancellation);

    /// <summary>For admins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of days is not 1 to <see cref="RetentionRules.MostDays"/>.</exception>
    public Task<bool> ChangeRulesAsync(RetentionRules rules, CancellationToken cancellation = default)
    {
        if (rules.KeepFramesDays is < 1 or > RetentionRules.MostDays || rules.KeepTrialsDays is < 1 or > RetentionRules.MostDays)
            throw new ArgumentOutOfRangeException(nameof(rules), $"Days are whole numbers from 1 to {RetentionRules.MostDays}.");
        return WriteAsync(
            WorkspaceRole.Admin,
            async db =>
            {
                if (await db.WorkspaceSettings.AsTracking().SingleOrDefaultAsync(cancellation) is not { } row)
                {
                    row = new WorkspaceSettings { WorkspaceId = db.WorkspaceId };
                    db.Add(row);
                }

                (row.KeepFramesDays, row.KeepTrialsDays) = (rules.KeepFramesDays, rules.KeepTrialsDays);
                db.Audit("settings.changed", "retention", $"frames are kept {Days(rules.KeepFramesDays)}, the detail of trials {Days(rules.KeepTrialsDays)}");
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            cancellation);
    }

    /// <summary>Deletes the frames of at most <paramref name="most"/> runs that ended before a moment, the oldest first.</summary>
    public Task<Thinned> ThinFramesAsync(DateTimeOffset before, ThinningPlace? after, int most, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var runs = await Candidates(db, before, after)
                .Where(run => run.FramesThinnedAt == null && db.SeriesSegments.Any(segment => segment.RunId == run.Id))
                .Select(run => new ThinningPlace(run.EndedAt!.Value, run.Id)).Take(most).ToListAsync(cancellation);
            var ids = runs.ConvertAll(run => run.RunId);
            var bytes = await db.SeriesSegments.Where(segment => ids.Contains(segment.RunId)).SumAsync(segment => (long)segment.Frames.Length, cancellation);
            await db.SeriesSegments.Where(segment => ids.Contains(segment.RunId)).ExecuteDeleteAsync(cancellation);
            var now = clock.GetUtcNow();
            await db.Runs.Where(run => ids.Contains(run.Id)).ExecuteUpdateAsync(set => set.SetProperty(run => run.FramesThinnedAt, now), cancellation);
            Note(db, "frames", runs.Count, bytes);
            return new Thinned(runs.Count, bytes, runs.LastOrDefault());
        },
        cancellation);

    /// <summary>Deletes the histograms and task errors of at most <paramref name="most"/> runs that ended before a moment, the oldest first.</summary>
    public Task<Thinned> ThinTrialsAsync(DateTimeOffset before, ThinningPlace? after, int most, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var runs = await Candidates(db, before, after)
                .Where(run => run.TrialsThinnedAt == null && (db.LatencyHistograms.Any(row => row.RunId == run.Id) || db.Trials.Any(trial => trial.RunId == run.Id && trial.TaskErrors != "[]")))
                .Select(run => new ThinningPlace(run.EndedAt!.Value, run.Id)).Take(most).ToListAsync(cancellation);
            var ids = runs.ConvertAll(run => run.RunId);
            var bytes = await db.LatencyHistograms.Where(row => ids.Contains(row.RunId)).SumAsync(row => (long)row.Compressed.Length + (row.Uncorrected == null ? 0 : row.Uncorrected.Length), cancellation)
                + await db.Trials.Where(trial => ids.Contains(trial.RunId) && trial.TaskErrors != "[]").SumAsync(trial => (long)trial.TaskErrors.Length, cancellation);
            await db.LatencyHistograms.Where(row => ids.Contains(row.RunId)).ExecuteDeleteAsync(cancellation);
            await db.Trials.Where(trial => ids.Contains(trial.RunId) && trial.TaskErrors != "[]").ExecuteUpdateAsync(set => set.SetProperty(trial => trial.TaskErrors, "[]"), cancellation);
            var now = clock.GetUtcNow();
            await db.Runs.Where(run => ids.Contains(run.Id)).ExecuteUpdateAsync(set => set.SetProperty(run => run.TrialsThinnedAt, now), cancellation);
            Note(db, "detail of trials", runs.Count, bytes);
            return new Thinned(runs.Count, bytes, runs.LastOrDefault());
        },
        cancellation);

    private static void Note(BrigadeDbContext db, string what, int runs, long bytes)
    {
        if (runs > 0)
            db.Audit("runs.thinned", what, string.Create(CultureInfo.InvariantCulture, $"{runs} runs, {bytes} bytes"));
    }

    private static string Days(int? days) => days is { } some ? string.Create(CultureInfo.InvariantCulture, $"{some} days") : "for ever";

    private static IQueryable<Run> Candidates(BrigadeDbContext db, DateTimeOffset before, ThinningPlace? after)
    {
        var runs = db.Runs.Where(run => run.EndedAt < before && !db.Baselines.Any(baseline => baseline.RunId == run.Id));
        if (after is var (ended, id))
            runs = runs.Where(run => run.EndedAt > ended || (run.EndedAt == ended && run.Id.CompareTo(id) > 0));
        return runs.OrderBy(run => run.EndedAt).ThenBy(run => run.Id);
    }
}
