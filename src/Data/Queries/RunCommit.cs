using System.Globalization;
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

    /// <summary>Trials whose indexes one statement names.</summary>
    private const int TrialsInStatement = 500;

    private static readonly Literal HasEnded = new($"\"Status\" IN ({string.Join(", ", RunList.Ended.Select(status => $"'{status}'"))})");

    /// <summary>False where the run does not exist in the workspace; then nothing is written.</summary>
    public async Task<bool> WriteAsync()
    {
        // First the run: whether it is ours, and its row lock keeps two owners of the same run apart. All the rest goes together.
        var isEnding = await IsEndingAsync();
        if (await UpdateRunAsync() is not { } run)
            return false;
        if (isEnding && run.DurationMs > 0)
            await QuotaCheck.AddRunAsync(db, run.DurationMs, now, cancellation);
        if (isEnding)
            db.Happen(HappeningKinds.RunFinished, runId);
        var batch = new StatementBatch(db);
        AddDocument(batch);
        await AddTrialsAsync(batch, run);
        AddSegments(batch);
        await batch.ExecuteAsync(cancellation);
        if (changes.Trials.Count > 0 || changes.Machine is not null || changes.Status?.IsTerminal() == true)
            await new PointWriter(db, summaries, runId, run, now, cancellation).WriteAsync();
        return true;
    }

    /// <summary>Whether this commit ends a run that was measured here. The update takes the row's lock, so that of two owners one does; and the same commit, sent again, does not.</summary>
    private async Task<bool> IsEndingAsync() =>
        changes.Status?.IsTerminal() == true
        && await db.Runs.Where(run => run.Id == runId && run.Source == "" && !RunList.Ended.Contains(run.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.CommittedSequence, run => run.CommittedSequence), cancellation) > 0;

    private Task<CommittedRun?> UpdateRunAsync()
    {
        var statement = new StatementBatch(db);
        var sequence = changes.CommittedSequence ?? -1;
        statement.Append($"""UPDATE "Runs" SET "CommittedSequence" = CASE WHEN "CommittedSequence" < {sequence} THEN {sequence} ELSE "CommittedSequence" END""");
        if (changes.Status is { } status)
            statement.Append($""", "Status" = CASE WHEN {HasEnded} THEN "Status" ELSE {status.ToString()} END""");
        if (changes.Reason is { } reason)
            statement.Append($""", "Reason" = CASE WHEN {HasEnded} THEN "Reason" ELSE {StoredText.Clean(reason)} END""");
        if (changes.EndedAt is { } ended)
        {
            // Where nobody knows when it started, it has no duration.
            object started = changes.StartedAt is { } at ? at.UtcTicks : new Literal("\"StartedAt\"");
            statement.Append($""", "EndedAt" = CASE WHEN {HasEnded} THEN "EndedAt" ELSE {ended.UtcTicks} END""");
            statement.Append($""", "DurationMs" = CASE WHEN {HasEnded} THEN "DurationMs" ELSE coalesce(({ended.UtcTicks} - {started}) / 10000.0, "DurationMs") END""");
        }

        if (changes.CancelledAt is { } cancelled)
            statement.Append($""", "CancelledAt" = coalesce("CancelledAt", {cancelled.UtcTicks})""");
        if (changes.StartedAt is { } startedAt)
            statement.Append($""", "StartedAt" = {startedAt.UtcTicks}""");
        if (changes.RunnerName is { } runner)
            statement.Append($""", "RunnerName" = {StoredText.Clean(runner)}""");
        if (changes.Machine is { } machine)
            statement.Append($""", "MachineKey" = {MachineKeys.Of(machine)}""");
        statement.Append($""" WHERE "Id" = {runId} AND "WorkspaceId" = {db.WorkspaceId} RETURNING "Status", "EndedAt", "ExperimentId", "MachineKey", "Source", "DurationMs" """);
        statement.End();
        return statement.ReadOneAsync(
            row => new CommittedRun(
                Enum.Parse<RunStatus>(row.GetString(0)), row.IsDBNull(1) ? null : new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetDouble(5)),
            cancellation);
    }

    private void AddDocument(StatementBatch batch)
    {
        if (changes.Machine is { } machine)
            batch.Add($"""UPDATE "RunDocuments" SET "Machine" = {StoredJson.Write(machine)} WHERE "RunId" = {runId}""");
        if (changes.Plan is { } plan)
            batch.Add($"""UPDATE "RunDocuments" SET "Plan" = {StoredJson.Write(plan)} WHERE "RunId" = {runId}""");
    }

    private async Task AddTrialsAsync(StatementBatch batch, CommittedRun run)
    {
        if (changes.Trials.Count == 0)
            return;
        var plan = changes.Plan ?? changes.KnownPlan
            ?? StoredJson.ReadOptional<TrialPlan>(await db.RunDocuments.Where(document => document.RunId == runId).Select(document => document.Plan).SingleAsync(cancellation))
            ?? throw new ArgumentException($"Run {runId} has no plan yet, so its trials cannot be stored. Commit the plan first, or with them.", nameof(changes));
        foreach (var results in changes.Trials.GroupBy(result => result.Index).Select(same => same.Last()).Chunk(TrialsInStatement))
        {
            Count(batch, results);
            foreach (var result in results)
                AddTrial(batch, result, plan, run);
        }
    }

    /// <summary>Before they are written: of these, those that are stored already are counted. All others are not read, however many a run has.</summary>
    private void Count(StatementBatch batch, IReadOnlyCollection<TrialResult> results)
    {
        var indexes = new Literal(string.Join(", ", results.Select(result => result.Index.ToString(CultureInfo.InvariantCulture))));
        var failed = results.Count(result => result.Status is not (TrialStatus.Completed or TrialStatus.Skipped));
        batch.Add($"""
            UPDATE "Runs" SET
                "TrialsEnded" = "TrialsEnded" + {results.Count} - (SELECT count(*) FROM "Trials" WHERE "RunId" = {runId} AND "Index" IN ({indexes})),
                "TrialsFailed" = "TrialsFailed" + {failed} - (SELECT count(*) FROM "Trials" WHERE "RunId" = {runId} AND "Index" IN ({indexes}) AND "Status" NOT IN ('Completed', 'Skipped'))
            WHERE "Id" = {runId}
            """);
    }

    private void AddTrial(StatementBatch batch, TrialResult result, TrialPlan plan, CommittedRun run)
    {
        if (result.Cell < 0 || result.Cell >= plan.Cells.Count)
            throw new ArgumentException($"Trial {result.Index} is of cell {result.Cell}, but the plan of run {runId} has {plan.Cells.Count} cells.", nameof(changes));
        batch.Upsert(TrialMapping.ToRow(result, plan.Cells[result.Cell], runId, run.ExperimentId, now));
        if (result.Histogram.Length > 0)
            batch.Upsert(new LatencyHistogram { RunId = runId, Trial = result.Index, Compressed = result.Histogram, Uncorrected = result.UncorrectedHistogram is { Length: > 0 } uncorrected ? uncorrected : null });
        else
            batch.Add($"""DELETE FROM "LatencyHistograms" WHERE "RunId" = {runId} AND "Trial" = {result.Index}""");
    }

    private void AddSegments(StatementBatch batch)
    {
        foreach (var segments in changes.Segments.Where(segment => segment.Frames.Count > 0).GroupBy(segment => segment.Trial))
        {
            // Segments of one commit that overlap become one.
            var frames = segments.SelectMany(segment => segment.Frames).GroupBy(frame => frame.Number).Select(same => same.Last()).OrderBy(frame => frame.Number).ToList();
            if (frames.Exists(frame => frame.Trial != segments.Key))
                throw new ArgumentException($"A segment of trial {segments.Key} has frames of another trial.", nameof(changes));

            batch.Add($"""DELETE FROM "SeriesSegments" WHERE "RunId" = {runId} AND "Trial" = {segments.Key} AND "FirstFrame" >= {frames[0].Number} AND "LastFrame" <= {frames[^1].Number}""");
            foreach (var chunk in frames.Chunk(MaximumFramesInSegment))
            {
                // One that is stored and goes farther stays: it holds these frames as well.
                batch.Upsert(
                    new SeriesSegment
                    {
                        RunId = runId,
                        Trial = segments.Key,
                        FirstFrame = chunk[0].Number,
                        LastFrame = chunk[^1].Number,
                        FrameCount = chunk.Length,
                        Frames = FrameCodec.Encode(chunk),
                    },
                    where: "\"SeriesSegments\".\"LastFrame\" <= excluded.\"LastFrame\"");
            }
        }
    }
}

/// <summary>What of a run matters for its trials and points, as it is after a commit.</summary>
internal sealed record CommittedRun(RunStatus Status, DateTimeOffset? EndedAt, Guid? ExperimentId, string MachineKey, string Source, double DurationMs);
