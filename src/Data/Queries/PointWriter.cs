using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Writes the points of an ended run, anew whenever something of it changed, and notes that its experiment's trends are to be looked at; all within the transaction of <paramref name="db"/>.</summary>
internal sealed class PointWriter(BrigadeDbContext db, ICellSummaries summaries, Guid runId, CommittedRun run, DateTimeOffset now, CancellationToken cancellation)
{
    /// <summary>Nothing where the run has not ended, nor of a search: that measures the cells it gives up a few times only and each with others beside it, so its figures make no fair trend.</summary>
    public async Task WriteAsync()
    {
        if (!run.Status.IsTerminal() || run.EndedAt is not { } ended)
            return;
        var document = await db.RunDocuments.Where(row => row.RunId == runId).Select(row => new { row.Spec, row.Plan }).SingleAsync(cancellation);
        if (StoredJson.ReadOptional<TrialPlan>(document.Plan) is not { } plan || StoredJson.Read<ExperimentSpec>(document.Spec).Search is not null)
            return;
        var points = (await RepetitionsAsync()).Select(repetitions => Point(plan, repetitions.Key, [.. repetitions], ended)).ToList();
        var batch = new StatementBatch(db);
        batch.Add($"""DELETE FROM "CellPoints" WHERE "RunId" = {runId}""");
        foreach (var point in points)
            batch.Upsert(point);
        if (run.ExperimentId is { } experiment && points.Count > 0)
            Note(batch, experiment, plan, points);
        await batch.ExecuteAsync(cancellation);
    }

    private async Task<IEnumerable<IGrouping<int, Repetition>>> RepetitionsAsync() =>
        (await db.Trials
            .Where(trial => trial.RunId == runId && trial.Status == TrialStatus.Completed)
            .OrderBy(trial => trial.Index)
            .Select(trial => new { trial.Cell, Figures = new Repetition(trial.ThroughputPerSecond, trial.P50Ms, trial.P99Ms, trial.Tasks, trial.Errors, trial.Lost) })
            .ToListAsync(cancellation))
        .GroupBy(trial => trial.Cell, trial => trial.Figures);

    private CellPoint Point(TrialPlan plan, int cell, IReadOnlyList<Repetition> repetitions, DateTimeOffset ended)
    {
        var summary = summaries.Of(repetitions, plan.Seed, cell);
        return new CellPoint
        {
            RunId = runId,
            Cell = cell,
            ExperimentId = run.ExperimentId,
            CellKey = CellKey.Of(plan.Cells[cell]),
            MachineKey = run.MachineKey,
            EndedAt = ended,
            Completed = repetitions.Count,
            Throughput = summary.Throughput.Median,
            ThroughputLow = summary.Throughput.Low,
            ThroughputHigh = summary.Throughput.High,
            P50Ms = summary.P50Ms?.Median,
            P50LowMs = summary.P50Ms?.Low,
            P50HighMs = summary.P50Ms?.High,
            P99Ms = summary.P99Ms?.Median,
            P99LowMs = summary.P99Ms?.Low,
            P99HighMs = summary.P99Ms?.High,
            ErrorRatio = summary.ErrorRatio,
            Source = run.Source,
        };
    }

    /// <summary>Two runs of one experiment may end at the same moment: cells in order, so that neither waits for the other for ever.</summary>
    private void Note(StatementBatch batch, Guid experiment, TrialPlan plan, IReadOnlyList<CellPoint> points)
    {
        foreach (var point in points.DistinctBy(point => point.CellKey, StringComparer.Ordinal).OrderBy(point => point.CellKey, StringComparer.Ordinal))
        {
            batch.Upsert(
                new ExperimentCell { ExperimentId = experiment, CellKey = point.CellKey, Cell = StoredJson.Write(plan.Cells[point.Cell]), Place = point.Cell, LastEndedAt = point.EndedAt },
                where: "\"ExperimentCells\".\"LastEndedAt\" < excluded.\"LastEndedAt\"",
                nameof(ExperimentCell.Place),
                nameof(ExperimentCell.LastEndedAt));
        }

        batch.Upsert(new ExaminationDue { RunId = runId, Since = now }, where: null, nameof(ExaminationDue.Since));
    }
}
