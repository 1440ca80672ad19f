using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Writes the points of an ended run, anew whenever something of it changed, and notes that its experiment's trends are to be looked at; all within the transaction of <paramref name="db"/>.</summary>
internal sealed class PointWriter(BrigadeDbContext db, ICellSummaries summaries, Guid runId, DateTimeOffset now, CancellationToken cancellation)
{
    /// <summary>Nothing where the run has not ended.</summary>
    public async Task WriteAsync()
    {
        var run = await db.Runs.Where(row => row.Id == runId).Select(row => new { row.Status, row.EndedAt, row.ExperimentId, row.MachineKey, row.Source }).SingleAsync(cancellation);
        if (!run.Status.IsTerminal() || run.EndedAt is not { } ended)
            return;
        await db.CellPoints.Where(point => point.RunId == runId).ExecuteDeleteAsync(cancellation);
        var plan = StoredJson.ReadOptional<TrialPlan>(await db.RunDocuments.Where(document => document.RunId == runId).Select(document => document.Plan).SingleAsync(cancellation));
        if (plan is null)
            return;

        var points = (await RepetitionsAsync()).Select(repetitions => Point(plan, repetitions.Key, [.. repetitions], run.MachineKey, run.Source, run.ExperimentId, ended)).ToList();
        if (points.Count == 0)
            return;
        db.AddRange(points);
        await db.SaveChangesAsync(cancellation);
        if (run.ExperimentId is { } experiment)
            await NoteAsync(experiment, plan, points);
    }

    private async Task<IEnumerable<IGrouping<int, Repetition>>> RepetitionsAsync() =>
        (await db.Trials
            .Where(trial => trial.RunId == runId && trial.Status == TrialStatus.Completed)
            .OrderBy(trial => trial.Index)
            .Select(trial => new { trial.Cell, Figures = new Repetition(trial.ThroughputPerSecond, trial.P50Ms, trial.P99Ms, trial.Tasks, trial.Errors, trial.Lost) })
            .ToListAsync(cancellation))
        .GroupBy(trial => trial.Cell, trial => trial.Figures);

    private CellPoint Point(TrialPlan plan, int cell, IReadOnlyList<Repetition> repetitions, string machine, string source, Guid? experiment, DateTimeOffset ended)
    {
        var summary = summaries.Of(repetitions, plan.Seed, cell);
        return new CellPoint
        {
            RunId = runId,
            Cell = cell,
            ExperimentId = experiment,
            CellKey = CellKey.Of(plan.Cells[cell]),
            MachineKey = machine,
            EndedAt = ended,
            Completed = repetitions.Count,
            Throughput = summary.Throughput.Median,
            ThroughputLow = summary.Throughput.Low,
            ThroughputHigh = summary.Throughput.High,
            P50Ms = summary.P50Ms.Median,
            P50LowMs = summary.P50Ms.Low,
            P50HighMs = summary.P50Ms.High,
            P99Ms = summary.P99Ms.Median,
            P99LowMs = summary.P99Ms.Low,
            P99HighMs = summary.P99Ms.High,
            ErrorRatio = summary.ErrorRatio,
            Source = source,
        };
    }

    /// <summary>Both databases know this form. Two runs of one experiment may end at the same moment: cells in order, so that neither waits for the other for ever.</summary>
    private async Task NoteAsync(Guid experiment, TrialPlan plan, IReadOnlyList<CellPoint> points)
    {
        foreach (var point in points.OrderBy(point => point.CellKey, StringComparer.Ordinal))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "ExperimentCells" ("ExperimentId", "CellKey", "WorkspaceId", "Cell", "Place", "LastEndedAt")
                VALUES ({experiment}, {point.CellKey}, {db.WorkspaceId}, {StoredJson.Write(plan.Cells[point.Cell])}, {point.Cell}, {point.EndedAt.UtcTicks})
                ON CONFLICT ("ExperimentId", "CellKey") DO UPDATE SET "Place" = excluded."Place", "LastEndedAt" = excluded."LastEndedAt"
                WHERE "ExperimentCells"."LastEndedAt" < excluded."LastEndedAt"
                """,
                cancellation);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ExaminationsDue" ("RunId", "WorkspaceId", "Since") VALUES ({runId}, {db.WorkspaceId}, {now.UtcTicks})
            ON CONFLICT ("RunId") DO UPDATE SET "Since" = excluded."Since"
            """,
            cancellation);
    }
}
