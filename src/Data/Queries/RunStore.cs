using System.Runtime.CompilerServices;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Series;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Runs of the current workspace, their trials and series. One context per operation.</summary>
public sealed class RunStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, ICellSummaries summaries, QuotaStore quotas, TimeProvider clock) : Store(contexts, location)
{
    public const int MaximumPageSize = 200;

    /// <summary>Nobody counts farther; the database does not either.</summary>
    public const int MaximumTotal = 1_000;

    public const int MaximumSkip = 10_000;

    /// <summary>A new queued run.</summary>
    /// <param name="trialCount">Trials of the plan.</param>
    /// <exception cref="UnknownExperimentException">The workspace has no such experiment.</exception>
    /// <exception cref="QuotaExceededException">The workspace may have no more now.</exception>
    public async Task<RunRow> CreateAsync(ExperimentSpec spec, int seed, int trialCount, Guid? experimentId, CancellationToken cancellation = default)
    {
        var json = StoredJson.Write(spec);
        await quotas.DemandRoomAsync(cancellation);

        // Before the transaction: versions never change, and reading them all would keep other writers waiting.
        var version = experimentId is { } experiment ? await ReadAsync(db => VersionOfAsync(db, experiment, json, cancellation), cancellation) : null;
        return await WriteAsync(
            async db =>
            {
                if (experimentId is { } id && !await db.Experiments.AnyAsync(row => row.Id == id, cancellation))
                    throw new UnknownExperimentException(id);
                var now = clock.GetUtcNow();
                await QuotaCheck.DemandRunAsync(db, now, cancellation);
                var run = NewRun.Add(db, spec, json, seed, trialCount, experimentId, version, now);
                await db.SaveChangesAsync(cancellation);
                return RunList.ToRow.Compile()(run);
            },
            cancellation);
    }

    /// <summary>Stores runs that another tool measured, as ended ones, all or none; in the order of <paramref name="imports"/>.</summary>
    /// <exception cref="UnknownExperimentException">The workspace has no such experiment.</exception>
    /// <exception cref="ArgumentException">A run has no source, or its trials contradict its plan.</exception>
    /// <exception cref="QuotaExceededException">The workspace may store no more.</exception>
    public async Task<IReadOnlyList<RunRow>> ImportAsync(IReadOnlyList<ImportedRun> imports, CancellationToken cancellation = default)
    {
        await quotas.DemandRoomAsync(cancellation);
        return await WriteAsync<IReadOnlyList<RunRow>>(
            async db =>
            {
                List<Guid> ids = [];
                foreach (var import in imports)
                    ids.Add(await new ImportWriter(db, summaries, clock.GetUtcNow(), cancellation).WriteAsync(import, version: null));
                var rows = await db.Runs.Where(run => ids.Contains(run.Id)).Select(RunList.ToRow).ToDictionaryAsync(row => row.Id, cancellation);
                return [.. ids.Select(id => rows[id])];
            },
            cancellation);
    }

    public Task<RunDetail?> FindAsync(Guid id, CancellationToken cancellation = default) => ReadAsync(
        async db =>
        {
            var row = await db.Runs.Where(run => run.Id == id).Select(RunList.ToRow).SingleOrDefaultAsync(cancellation);
            if (row is null)
                return null;
            var rest = await (
                from run in db.Runs
                join document in db.RunDocuments on run.Id equals document.RunId
                where run.Id == id
                select new { run.Seed, run.CommittedSequence, run.Guess, run.CancelledAt, document.Spec, document.Machine, document.Plan }).SingleOrDefaultAsync(cancellation);
            return rest is null ? null : new RunDetail(
                row, StoredJson.Read<ExperimentSpec>(rest.Spec), rest.Seed, StoredJson.ReadOptional<Machine>(rest.Machine), StoredJson.ReadOptional<TrialPlan>(rest.Plan), rest.CommittedSequence)
            { Guess = rest.Guess, CancelledAt = rest.CancelledAt };
        },
        cancellation);

    /// <summary>Those of the ids that are runs of the workspace.</summary>
    public Task<IReadOnlyList<Guid>> KnownAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<Guid>>(
        async db => await db.Runs.Where(run => ids.Contains(run.Id)).Select(run => run.Id).ToListAsync(cancellation),
        cancellation);

    /// <summary>A page of history, and how many runs match in all, as far as <see cref="MaximumTotal"/>.</summary>
    public Task<Page<RunRow>> ListAsync(RunQuery query, CancellationToken cancellation = default)
    {
        if (query.Skip is < 0 or > MaximumSkip || query.Take is < 1 or > MaximumPageSize)
            throw new ArgumentOutOfRangeException(nameof(query), $"Skip is {query.Skip} and has to be 0 to {MaximumSkip}; Take is {query.Take} and has to be 1 to {MaximumPageSize}.");
        if (query is { After: not null, Sort: not RunSort.Queued })
            throw new ArgumentOutOfRangeException(nameof(query), query.Sort, "A list goes on behind a run only in the order of time.");
        return ReadAsync(db => RunList.IsRangeOfAnIndex(query) ? RangeAsync(db, query, cancellation) : FilteredAsync(db, query, cancellation), cancellation);
    }

    /// <summary>Runs that have not ended, oldest first.</summary>
    public Task<IReadOnlyList<RunRow>> ListOpenAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<RunRow>>(
        async db => [.. (await RunList.OpenRuns(db.Runs).ToListAsync(cancellation)).OrderBy(run => run.QueuedAt).ThenBy(run => run.Id)],
        cancellation);

    /// <summary>Number of runs by status; a status without runs is absent.</summary>
    public Task<IReadOnlyDictionary<RunStatus, int>> CountAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyDictionary<RunStatus, int>>(
        async db => await db.Runs.GroupBy(run => run.Status).Select(same => new { same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Key, same => same.Count, cancellation),
        cancellation);

    /// <summary>Trials that ended, by index, without their histograms.</summary>
    public Task<IReadOnlyList<TrialResult>> TrialsAsync(Guid runId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<TrialResult>>(
        async db => await db.Trials.Where(trial => trial.RunId == runId).OrderBy(trial => trial.Index).Select(TrialMapping.ToResult).ToListAsync(cancellation),
        cancellation);

    /// <summary>The latency histogram of one trial, compressed as in <see cref="TrialResult.Histogram"/>; null where there is none.</summary>
    public Task<byte[]?> HistogramAsync(Guid runId, int trial, CancellationToken cancellation = default) => ReadAsync(
        db => db.LatencyHistograms.Where(row => row.RunId == runId && row.Trial == trial).Select(row => row.Compressed).SingleOrDefaultAsync(cancellation),
        cancellation);

    /// <summary>The latency histograms of a run by trial, compressed as in <see cref="TrialResult.Histogram"/>; trials without one are absent.</summary>
    public Task<IReadOnlyDictionary<int, byte[]>> HistogramsAsync(Guid runId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyDictionary<int, byte[]>>(
        async db => await db.LatencyHistograms.Where(row => row.RunId == runId).Select(row => new { row.Trial, row.Compressed }).ToDictionaryAsync(row => row.Trial, row => row.Compressed, cancellation),
        cancellation);

    /// <summary>As <see cref="HistogramsAsync"/>, of the latency from the actual start (<see cref="TrialResult.UncorrectedHistogram"/>); only trials of open load have one.</summary>
    public Task<IReadOnlyDictionary<int, byte[]>> UncorrectedHistogramsAsync(Guid runId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyDictionary<int, byte[]>>(
        async db => await db.LatencyHistograms
            .Where(row => row.RunId == runId && row.Uncorrected != null)
            .Select(row => new { row.Trial, row.Uncorrected })
            .ToDictionaryAsync(row => row.Trial, row => row.Uncorrected!, cancellation),
        cancellation);

    /// <summary>
    /// All stored frames of a run, or of one of its trials, by trial and number: a segment of at most 60 s at a time, because a whole run may be larger than memory.
    /// Each segment is read by itself, so that a slow reader holds no connection.
    /// </summary>
    /// <param name="withHistograms">False leaves the frames' histograms, by far the largest part, empty.</param>
    public async IAsyncEnumerable<IReadOnlyList<Frame>> SegmentsAsync(
        Guid runId, int? trial = null, bool withHistograms = true, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (lastTrial, lastFrame) = (-1, -1);
        while (await NextSegmentAsync(runId, trial, lastTrial, lastFrame, cancellation) is { } segment)
        {
            // Segments may overlap where an owner was replaced; then they hold the same frames, and each is wanted once.
            var known = segment.Trial == lastTrial ? lastFrame : -1;
            (lastTrial, lastFrame) = (segment.Trial, segment.LastFrame);
            yield return [.. FrameCodec.Decode(segment.Trial, segment.Frames, withHistograms).Where(frame => frame.Number > known)];
        }
    }

    /// <summary>Writes changes in one transaction; writing the same trial or segment again replaces it. False where the run does not exist.</summary>
    /// <exception cref="StorageFullException">There is no room; nothing was written, and the same changes can be committed again.</exception>
    /// <exception cref="ArgumentException">The changes contradict the run's plan.</exception>
    public Task<bool> CommitAsync(Guid runId, RunChanges changes, CancellationToken cancellation = default) =>
        WriteAsync(db => new RunCommit(db, summaries, runId, changes, clock.GetUtcNow(), cancellation).WriteAsync(), cancellation);

    /// <summary>Keeps what was guessed about a run, as JSON; false where the run does not exist or has ended.</summary>
    public Task<bool> GuessAsync(Guid id, string guess, CancellationToken cancellation = default) => WriteAsync(
        async db => await db.Runs
            .Where(run => run.Id == id && !RunList.Ended.Contains(run.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.Guess, StoredText.Clean(guess)), cancellation) > 0,
        cancellation);

    /// <summary>Deletes an ended run with all that belongs to it; false where it does not exist, has not ended, or is a baseline.</summary>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var deletable = db.Runs.Where(run => run.Id == id && RunList.Ended.Contains(run.Status) && !db.Baselines.Any(baseline => baseline.RunId == id));
            var name = await deletable.Select(run => run.Name).SingleOrDefaultAsync(cancellation);
            if (name is null || await deletable.ExecuteDeleteAsync(cancellation) == 0)
                return false;
            db.Audit("run.deleted", id.ToString(), name);
            return true;
        },
        cancellation);

    /// <summary>Notes in the audit log that somebody cancels a run, where it has not ended; false where it does not exist. Cancelling itself is its owner's, in the control plane.</summary>
    public Task<bool> NoteCancelAsync(Guid id, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var run = await db.Runs.Where(row => row.Id == id).Select(row => new { row.Name, row.Status }).SingleOrDefaultAsync(cancellation);
            if (run is null)
                return false;
            if (!run.Status.IsTerminal())
                db.Audit("run.cancelled", id.ToString(), run.Name);
            return true;
        },
        cancellation);

    private static async Task<Page<RunRow>> RangeAsync(BrigadeDbContext db, RunQuery query, CancellationToken cancellation)
    {
        var items = await RunList.Page(db.Runs, query).ToListAsync(cancellation);

        // A page that is not full is the last one: where it begins says how many there are, and nothing has to be counted.
        if (items.Count < query.Take && query.After is null && (items.Count > 0 || query.Skip == 0))
            return new Page<RunRow>(items, query.Skip + items.Count);
        var total = await RunList.Filter(db.Runs, query with { After = null }).Take(MaximumTotal + 1).CountAsync(cancellation);
        return new Page<RunRow>(items, Math.Min(total, MaximumTotal)) { IsTotalExact = total <= MaximumTotal };
    }

    /// <summary>Where few match, they are found by the filter and put in order here; where many do, some of them come soon in any order.</summary>
    private static async Task<Page<RunRow>> FilteredAsync(BrigadeDbContext db, RunQuery query, CancellationToken cancellation)
    {
        var keys = await RunList.Keys(db, query).Take(MaximumTotal + 1).ToListAsync(cancellation);
        if (keys.Count > MaximumTotal)
            return new Page<RunRow>(await RunList.Page(RunList.Starred(db, db.Runs, query), query).ToListAsync(cancellation), MaximumTotal) { IsTotalExact = false };
        var ids = RunKey.Page(keys, query);
        var rows = await db.Runs.Where(run => ids.Contains(run.Id)).Select(RunList.ToRow).ToDictionaryAsync(run => run.Id, cancellation);

        // One that was deleted between the two questions is left out.
        return new Page<RunRow>([.. ids.Where(rows.ContainsKey).Select(id => rows[id])], keys.Count);
    }

    internal static async Task<int?> VersionOfAsync(BrigadeDbContext db, Guid experimentId, string spec, CancellationToken cancellation)
    {
        var same = await db.ExperimentVersions.Where(row => row.ExperimentId == experimentId && row.Spec == spec).MaxAsync(row => (int?)row.Version, cancellation);
        if (same is not null)
            return same;
        var versions = db.ExperimentVersions.Where(row => row.ExperimentId == experimentId).OrderByDescending(row => row.Version).Select(row => new { row.Version, row.Spec });
        await foreach (var version in versions.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            // Written anew, because an older Brigade may have stored the same spec as other text.
            if (string.Equals(StoredJson.Write(StoredJson.Read<ExperimentSpec>(version.Spec)), spec, StringComparison.Ordinal))
                return version.Version;
        }

        return null;
    }

    /// <summary>The first segment that holds frames behind a place.</summary>
    private Task<SeriesSegment?> NextSegmentAsync(Guid runId, int? trial, int lastTrial, int lastFrame, CancellationToken cancellation) => ReadAsync(
        db => db.SeriesSegments
            .Where(segment => segment.RunId == runId && (trial == null || segment.Trial == trial))
            .Where(segment => segment.Trial > lastTrial || (segment.Trial == lastTrial && segment.LastFrame > lastFrame))
            .OrderBy(segment => segment.Trial).ThenBy(segment => segment.FirstFrame)
            .FirstOrDefaultAsync(cancellation),
        cancellation);
}
