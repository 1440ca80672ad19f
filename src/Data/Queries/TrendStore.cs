using Brigade.Contracts.Plan;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Cells of experiments over time, and what people wrote beside them. One context per operation.</summary>
public sealed class TrendStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>More would neither be drawn nor read.</summary>
    public const int MaximumPoints = 2_000;

    public const int MaximumCells = 500;

    public const int MaximumAnnotations = 500;

    public const int LongestAnnotation = 500;

    /// <summary>Cells that ended runs of the experiment have: those of the last run first, in its plan's order. At most <see cref="MaximumCells"/>.</summary>
    public Task<IReadOnlyList<ExperimentCellRow>> CellsAsync(Guid experimentId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<ExperimentCellRow>>(
        async db => await db.ExperimentCells
            .Where(cell => cell.ExperimentId == experimentId)
            .OrderByDescending(cell => cell.LastEndedAt).ThenBy(cell => cell.Place).ThenBy(cell => cell.CellKey)
            .Take(MaximumCells)
            .Select(cell => new ExperimentCellRow(cell.CellKey, StoredJson.Read<Cell>(cell.Cell), cell.LastEndedAt))
            .ToListAsync(cancellation),
        cancellation);

    /// <summary>The newest points of a cell, at most <see cref="MaximumPoints"/>.</summary>
    /// <param name="since">Only runs that ended then or later; null for all.</param>
    /// <param name="machineKey">Only points of this machine; null for all.</param>
    public Task<TrendPoints> PointsAsync(Guid experimentId, string cellKey, DateTimeOffset? since = null, string? machineKey = null, CancellationToken cancellation = default) => ReadAsync(
        async db =>
        {
            var points = await PointsOf(db, experimentId, cellKey, since, machineKey).ToListAsync(cancellation);
            var hasOlder = points.Count > MaximumPoints;
            return new TrendPoints([.. points.Take(MaximumPoints).Reverse()], hasOlder);
        },
        cancellation);

    /// <summary>By moment; the newest <see cref="MaximumAnnotations"/>.</summary>
    public Task<IReadOnlyList<AnnotationRow>> AnnotationsAsync(Guid experimentId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<AnnotationRow>>(
        async db => [.. (await db.Annotations
            .Where(annotation => annotation.ExperimentId == experimentId)
            .OrderByDescending(annotation => annotation.At).ThenByDescending(annotation => annotation.Id)
            .Take(MaximumAnnotations)
            .Select(annotation => new AnnotationRow(annotation.Id, annotation.At, annotation.Text, annotation.CreatedAt))
            .ToListAsync(cancellation)).AsEnumerable().Reverse()],
        cancellation);

    /// <exception cref="UnknownExperimentException">The workspace has no such experiment.</exception>
    /// <exception cref="ArgumentException">The text is empty or longer than <see cref="LongestAnnotation"/>.</exception>
    public Task<AnnotationRow> AnnotateAsync(Guid experimentId, DateTimeOffset at, string text, CancellationToken cancellation = default)
    {
        var clean = StoredText.Clean(text.Trim());
        if (clean.Length is 0 or > LongestAnnotation)
            throw new ArgumentException($"An annotation has 1 to {LongestAnnotation} characters.", nameof(text));
        return WriteAsync(
            async db =>
            {
                if (!await db.Experiments.AnyAsync(experiment => experiment.Id == experimentId, cancellation))
                    throw new UnknownExperimentException(experimentId);
                var now = clock.GetUtcNow();
                var row = new Annotation { Id = Guid.CreateVersion7(now), ExperimentId = experimentId, At = at, Text = clean, CreatedAt = now };
                db.Add(row);
                db.Audit("annotation.added", experimentId.ToString(), clean);
                await db.SaveChangesAsync(cancellation);
                return new AnnotationRow(row.Id, row.At.ToUniversalTime(), row.Text, row.CreatedAt);
            },
            cancellation);
    }

    /// <summary>False where the experiment has no such annotation.</summary>
    public Task<bool> DeleteAnnotationAsync(Guid experimentId, Guid id, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var annotations = db.Annotations.Where(annotation => annotation.ExperimentId == experimentId && annotation.Id == id);
            var text = await annotations.Select(annotation => annotation.Text).SingleOrDefaultAsync(cancellation);
            if (text is null || await annotations.ExecuteDeleteAsync(cancellation) == 0)
                return false;
            db.Audit("annotation.deleted", experimentId.ToString(), text);
            return true;
        },
        cancellation);

    /// <summary>One more than wanted, newest first.</summary>
    internal static IQueryable<TrendPoint> PointsOf(BrigadeDbContext db, Guid experimentId, string cellKey, DateTimeOffset? since, string? machineKey)
    {
        var points = db.CellPoints.Where(point => point.ExperimentId == experimentId && point.CellKey == cellKey);
        if (since is { } from)
            points = points.Where(point => point.EndedAt >= from);
        if (machineKey is not null)
            points = points.Where(point => point.MachineKey == machineKey);
        return points
            .OrderByDescending(point => point.EndedAt).ThenByDescending(point => point.RunId)
            .Take(MaximumPoints + 1)
            .Select(point => new TrendPoint(
                point.RunId, point.EndedAt, point.MachineKey, point.Source, point.Completed,
                new Level(point.Throughput, point.ThroughputLow, point.ThroughputHigh),
                point.P50Ms == null ? null : new Level(point.P50Ms.Value, point.P50LowMs ?? 0, point.P50HighMs ?? 0),
                point.P99Ms == null ? null : new Level(point.P99Ms.Value, point.P99LowMs ?? 0, point.P99HighMs ?? 0),
                point.ErrorRatio));
    }
}
