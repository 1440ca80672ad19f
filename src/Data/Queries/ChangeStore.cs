using Brigade.Contracts.Plan;
using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Shifts of levels that were found, what people said about them, and what is still to be looked at. One context per operation.</summary>
public sealed class ChangeStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public const int LongestNote = 500;

    /// <summary>What is older is history, for example of an import, and nobody is told of it.</summary>
    public static readonly TimeSpan News = TimeSpan.FromDays(7);

    public Task<Slice<ChangeRow>> ListAsync(ChangeQuery query, CancellationToken cancellation = default)
    {
        if (query.Take is < 1 or > RunStore.MaximumPageSize)
            throw new ArgumentOutOfRangeException(nameof(query), $"Take is {query.Take} and has to be 1 to {RunStore.MaximumPageSize}.");
        return ReadAsync(
            async db =>
            {
                var rows = await Rows(db, Filter(db.Changes, query).OrderByDescending(change => change.At).ThenByDescending(change => change.Id).Take(query.Take + 1)).ToListAsync(cancellation);
                return new Slice<ChangeRow>([.. rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(query.Take)], rows.Count > query.Take);
            },
            cancellation);
    }

    public Task<ChangeRow?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        ReadAsync(db => Rows(db, db.Changes.Where(change => change.Id == id)).SingleOrDefaultAsync(cancellation), cancellation);

    /// <summary>Remembers what a reader says about a change; <see cref="ChangeState.Open"/> takes it back. Null where there is no such change.</summary>
    /// <param name="note">Null leaves the note as it is.</param>
    /// <exception cref="ArgumentException">Only the program withdraws a change; or the note is longer than <see cref="LongestNote"/>.</exception>
    public Task<ChangeRow?> DecideAsync(Guid id, ChangeState state, string? note, CancellationToken cancellation = default)
    {
        if (state == ChangeState.Withdrawn)
            throw new ArgumentException("A change is withdrawn by later runs, not by hand. Mark it as noise.", nameof(state));
        var text = note is null ? null : StoredText.Clean(note.Trim());
        if (text?.Length > LongestNote)
            throw new ArgumentException($"A note has at most {LongestNote} characters.", nameof(note));
        return WriteAsync(
            async db =>
            {
                var now = clock.GetUtcNow();
                var decided = await db.Changes.Where(change => change.Id == id).ExecuteUpdateAsync(
                    set =>
                    {
                        set.SetProperty(change => change.State, state).SetProperty(change => change.DecidedAt, now);
                        if (text is not null)
                            set.SetProperty(change => change.Note, text);
                    },
                    cancellation);
                if (decided > 0)
                    db.Audit($"change.{(state == ChangeState.Open ? "reopened" : state == ChangeState.Noise ? "dismissed" : "accepted")}", id.ToString(), text ?? "");
                return await Rows(db, db.Changes.Where(change => change.Id == id)).SingleOrDefaultAsync(cancellation);
            },
            cancellation);
    }

    /// <summary>All changes of one cell on one machine that were ever found, oldest first.</summary>
    public Task<IReadOnlyList<Change>> OfSeriesAsync(Guid experimentId, string cellKey, string machineKey, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<Change>>(
        async db => await db.Changes
            .Where(change => change.ExperimentId == experimentId && change.CellKey == cellKey && change.MachineKey == machineKey)
            .OrderBy(change => change.At).ThenBy(change => change.Id)
            .ToListAsync(cancellation),
        cancellation);

    /// <summary>Stores what a look at a series found. What a reader has said meanwhile stays.</summary>
    public Task<bool> StoreAsync(SeriesFindings findings, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var now = clock.GetUtcNow();
            db.AddRange(findings.Found);
            foreach (var change in findings.Found.Where(change => change.IsRegression && now - change.At <= News))
                db.Happen(HappeningKinds.RegressionFound, change.Id);
            await db.SaveChangesAsync(cancellation);
            foreach (var change in findings.Confirmed)
            {
                await db.Changes.Where(row => row.Id == change.Id && (row.State == ChangeState.Open || row.State == ChangeState.Withdrawn)).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.State, ChangeState.Open)
                        .SetProperty(row => row.Before, change.Before)
                        .SetProperty(row => row.After, change.After)
                        .SetProperty(row => row.RelativeShift, change.RelativeShift)
                        .SetProperty(row => row.Confidence, change.Confidence),
                    cancellation);
            }

            await db.Changes.Where(row => findings.Vanished.Contains(row.Id) && row.State == ChangeState.Open).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, ChangeState.Withdrawn).SetProperty(row => row.DecidedAt, now), cancellation);
            return true;
        },
        cancellation);

    /// <summary>Runs that ended and whose experiment's trends have not been looked at since, the longest waiting first.</summary>
    public Task<IReadOnlyList<DueExamination>> DueAsync(int take, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<DueExamination>>(
        async db =>
        {
            var due = await (
                from row in db.ExaminationsDue.OrderBy(row => row.Since).ThenBy(row => row.RunId).Take(take)
                join run in db.Runs on row.RunId equals run.Id
                select new { row.RunId, row.Since, run.ExperimentId, run.MachineKey }).ToListAsync(cancellation);
            var runs = due.ConvertAll(row => row.RunId);
            var cells = (await db.CellPoints.Where(point => runs.Contains(point.RunId)).Select(point => new { point.RunId, point.CellKey }).ToListAsync(cancellation))
                .ToLookup(point => point.RunId, point => point.CellKey);

            // One of an experiment that was deleted meanwhile has nothing left to look at.
            return [.. due.OrderBy(row => row.Since).Select(row => new DueExamination(
                row.RunId, row.ExperimentId ?? Guid.Empty, row.MachineKey, row.ExperimentId is null ? [] : [.. cells[row.RunId].Distinct(StringComparer.Ordinal)], row.Since))];
        },
        cancellation);

    /// <summary>The run's experiment has been looked at; where the run changed again meanwhile, that is still due.</summary>
    public Task<bool> ExaminedAsync(DueExamination examination, CancellationToken cancellation = default) => WriteAsync(
        async db => await db.ExaminationsDue.Where(row => row.RunId == examination.RunId && row.Since == examination.Since).ExecuteDeleteAsync(cancellation) > 0,
        cancellation);

    internal static IQueryable<Change> Filter(IQueryable<Change> changes, ChangeQuery query)
    {
        if (query.States is [var only])
            changes = changes.Where(change => change.State == only);
        else if (query.States.Count > 0)
            changes = changes.Where(change => query.States.Contains(change.State));
        if (query.ExperimentId is { } experiment)
            changes = changes.Where(change => change.ExperimentId == experiment);
        if (query.CellKeys.Count > 0)
            changes = changes.Where(change => query.CellKeys.Contains(change.CellKey));
        if (query.After is var (at, id))
            changes = changes.Where(change => change.At < at || (change.At == at && change.Id.CompareTo(id) < 0));
        return changes;
    }

    private static IQueryable<ChangeRow> Rows(BrigadeDbContext db, IQueryable<Change> changes) =>
        from change in changes
        join experiment in db.Experiments on change.ExperimentId equals experiment.Id
        from cell in db.ExperimentCells.Where(cell => cell.ExperimentId == change.ExperimentId && cell.CellKey == change.CellKey).DefaultIfEmpty()
        select new ChangeRow(
            change.Id, change.ExperimentId, experiment.Name, change.CellKey, StoredJson.ReadOptional<Cell>(cell!.Cell), change.Metric, change.MachineKey, change.RunId, change.RunBefore, change.At,
            change.Before, change.After, change.RelativeShift, change.Confidence, change.State, change.Note, change.FoundAt, change.DecidedAt);
}
