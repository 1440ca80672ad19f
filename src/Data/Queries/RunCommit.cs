using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Series;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Writes one <see cref="RunChanges"/> within the transaction of <paramref name="db"/>.</summary>
internal sealed class RunCommit(BrigadeDbContext db, ICellSummaries summaries, Guid runId, RunChanges changes, DateTimeOffset now, CancellationToken cancellation)
{
    /// <summary>60 s; a segment is read as a whole.</summary>
    public const int MaximumFramesInSegment = 600;

    /// <summary>False where the run does not exist in the workspace; then nothing is written.</summary>
    public async Task<bool> WriteAsync()
    {
        // First the run: whether it is ours, and its row lock keeps two owners of the same run apart.
        if (!await UpdateRunAsync())
            return false;
        await UpdateDocumentAsync();
        await ReplaceTrialsAsync();
        await ReplaceSegmentsAsync();
        await db.SaveChangesAsync(cancellation);
        if (changes.Trials.Count > 0)
            await CountTrialsAsync();
        if (changes.Trials.Count > 0 || changes.Machine is not null || changes.Status?.IsTerminal() == true)
            await new PointWriter(db, summaries, runId, now, cancellation).WriteAsync();
        return true;
    }

    private async Task<bool> UpdateRunAsync()
    {
        var duration = await DurationAsync();
        var sequence = changes.CommittedSequence ?? -1;
        return await db.Runs.Where(run => run.Id == runId).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(run => run.CommittedSequence, run => run.CommittedSequence < sequence ? sequence : run.CommittedSequence);
                if (changes.Status is { } status)
                    set.SetProperty(run => run.Status, run => RunList.Ended.Contains(run.Status) ? run.Status : status);
                if (changes.Reason is { } reason)
                    set.SetProperty(run => run.Reason, run => RunList.Ended.Contains(run.Status) ? run.Reason : StoredText.Clean(reason));
                if (changes.EndedAt is { } ended)
                    set.SetProperty(run => run.EndedAt, run => RunList.Ended.Contains(run.Status) ? run.EndedAt : ended);
                if (duration is { } milliseconds)
                    set.SetProperty(run => run.DurationMs, run => RunList.Ended.Contains(run.Status) ? run.DurationMs : milliseconds);
                if (changes.CancelledAt is { } cancelled)
                    set.SetProperty(run => run.CancelledAt, run => run.CancelledAt ?? cancelled);
                if (changes.StartedAt is { } started)
                    set.SetProperty(run => run.StartedAt, started);
                if (changes.RunnerName is { } runner)
                    set.SetProperty(run => run.RunnerName, StoredText.Clean(runner));
                if (changes.Machine is { } machine)
                    set.SetProperty(run => run.MachineKey, MachineKeys.Of(machine));
            },
            cancellation) > 0;
    }

    private async Task<double?> DurationAsync()
    {
        if (changes.EndedAt is not { } ended)
            return null;
        var started = changes.StartedAt ?? await db.Runs.Where(run => run.Id == runId).Select(run => run.StartedAt).SingleOrDefaultAsync(cancellation);
        return started is { } from ? (ended - from).TotalMilliseconds : null;
    }

    private async Task UpdateDocumentAsync()
    {
        if (changes.Machine is null && changes.Plan is null)
            return;
        await db.RunDocuments.Where(document => document.RunId == runId).ExecuteUpdateAsync(
            set =>
            {
                if (changes.Machine is { } machine)
                    set.SetProperty(document => document.Machine, StoredJson.Write(machine));
                if (changes.Plan is { } plan)
                    set.SetProperty(document => document.Plan, StoredJson.Write(plan));
            },
            cancellation);
    }

    private async Task ReplaceTrialsAsync()
    {
        if (changes.Trials.Count == 0)
            return;

        var stored = await (
            from run in db.Runs
            join document in db.RunDocuments on run.Id equals document.RunId
            where run.Id == runId
            select new { run.ExperimentId, document.Plan }).SingleAsync(cancellation);
        var plan = changes.Plan ?? StoredJson.ReadOptional<TrialPlan>(stored.Plan)
            ?? throw new ArgumentException($"Run {runId} has no plan yet, so its trials cannot be stored. Commit the plan first, or with them.", nameof(changes));

        var results = changes.Trials.GroupBy(result => result.Index).Select(same => same.Last()).ToList();
        var indexes = results.ConvertAll(result => result.Index);
        await db.Trials.Where(trial => trial.RunId == runId && indexes.Contains(trial.Index)).ExecuteDeleteAsync(cancellation);
        await db.LatencyHistograms.Where(histogram => histogram.RunId == runId && indexes.Contains(histogram.Trial)).ExecuteDeleteAsync(cancellation);
        foreach (var result in results)
        {
            if (result.Cell < 0 || result.Cell >= plan.Cells.Count)
                throw new ArgumentException($"Trial {result.Index} is of cell {result.Cell}, but the plan of run {runId} has {plan.Cells.Count} cells.", nameof(changes));
            db.Add(TrialMapping.ToRow(result, plan.Cells[result.Cell], runId, stored.ExperimentId, now));
            if (result.Histogram.Length > 0)
                db.Add(new LatencyHistogram { RunId = runId, Trial = result.Index, Compressed = result.Histogram, Uncorrected = result.UncorrectedHistogram is { Length: > 0 } uncorrected ? uncorrected : null });
        }
    }

    private async Task ReplaceSegmentsAsync()
    {
        foreach (var segments in changes.Segments.Where(segment => segment.Frames.Count > 0).GroupBy(segment => segment.Trial))
        {
            // Segments of one commit that overlap become one.
            var frames = segments.SelectMany(segment => segment.Frames).GroupBy(frame => frame.Number).Select(same => same.Last()).OrderBy(frame => frame.Number).ToList();
            if (frames.Exists(frame => frame.Trial != segments.Key))
                throw new ArgumentException($"A segment of trial {segments.Key} has frames of another trial.", nameof(changes));

            var (first, last) = (frames[0].Number, frames[^1].Number);
            await db.SeriesSegments
                .Where(stored => stored.RunId == runId && stored.Trial == segments.Key && stored.FirstFrame >= first && stored.LastFrame <= last)
                .ExecuteDeleteAsync(cancellation);
            foreach (var chunk in frames.Chunk(MaximumFramesInSegment))
            {
                db.Add(new SeriesSegment
                {
                    RunId = runId,
                    Trial = segments.Key,
                    FirstFrame = chunk[0].Number,
                    LastFrame = chunk[^1].Number,
                    FrameCount = chunk.Length,
                    Frames = FrameCodec.Encode(chunk),
                });
            }
        }
    }

    private Task<int> CountTrialsAsync() => db.Runs.Where(run => run.Id == runId).ExecuteUpdateAsync(
        set => set
            .SetProperty(run => run.TrialsEnded, run => db.Trials.Count(trial => trial.RunId == runId))
            .SetProperty(run => run.TrialsFailed, run => db.Trials.Count(trial => trial.RunId == runId && trial.Status != TrialStatus.Completed && trial.Status != TrialStatus.Skipped)),
        cancellation);
}
