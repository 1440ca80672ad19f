using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Experiments of the current workspace. One context per operation.</summary>
public sealed class ExperimentStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>By name.</summary>
    public Task<IReadOnlyList<ExperimentRow>> ListAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<ExperimentRow>>(
        async db => await Rows(db, db.Experiments.OrderBy(experiment => experiment.NameKey)).ToListAsync(cancellation), cancellation);

    /// <summary>A page of them by name, and how many there are in all.</summary>
    /// <param name="take">1 to <see cref="RunStore.MaximumPageSize"/>.</param>
    public Task<Page<ExperimentRow>> ListAsync(int skip, int take, CancellationToken cancellation = default) => ReadAsync(
        async db => new Page<ExperimentRow>(
            await Rows(db, db.Experiments.OrderBy(experiment => experiment.NameKey)).Skip(skip).Take(take).ToListAsync(cancellation),
            await db.Experiments.CountAsync(cancellation)),
        cancellation);

    /// <summary>The one of a name, upper and lower case being the same; null where there is none.</summary>
    public Task<ExperimentRow?> FindAsync(string name, CancellationToken cancellation = default)
    {
        var key = StoredText.Key(name);
        return ReadAsync(db => Rows(db, db.Experiments.Where(experiment => experiment.NameKey == key)).SingleOrDefaultAsync(cancellation), cancellation);
    }

    public Task<ExperimentRow?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        ReadAsync(db => Rows(db, db.Experiments.Where(experiment => experiment.Id == id)).SingleOrDefaultAsync(cancellation), cancellation);

    /// <summary>The name alone; null where there is no such experiment.</summary>
    public Task<string?> NameAsync(Guid id, CancellationToken cancellation = default) =>
        ReadAsync(db => db.Experiments.Where(experiment => experiment.Id == id).Select(experiment => experiment.Name).SingleOrDefaultAsync(cancellation), cancellation);

    /// <summary>Stores version 1.</summary>
    /// <exception cref="DuplicateNameException">The workspace has an experiment of this name.</exception>
    public Task<ExperimentRow> CreateAsync(ExperimentSpec spec, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var experiment = new Experiment
        {
            Id = Guid.CreateVersion7(now),
            Name = StoredText.Clean(spec.Name),
            NameKey = StoredText.Key(spec.Name),
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return NamedAsync(spec.Name, async db =>
        {
            db.Add(experiment);
            db.Add(new ExperimentVersion { ExperimentId = experiment.Id, Version = 1, Spec = StoredJson.Write(spec), CreatedAt = now });
            db.Audit("experiment.created", experiment.Id.ToString(), experiment.Name);
            await db.SaveChangesAsync(cancellation);
            return await Rows(db, db.Experiments.Where(row => row.Id == experiment.Id)).SingleAsync(cancellation);
        }, cancellation);
    }

    /// <summary>Stores a new version. Null where the experiment does not exist or is no longer at <paramref name="expectedVersion"/>.</summary>
    /// <exception cref="DuplicateNameException">The workspace has another experiment of this name.</exception>
    public Task<ExperimentRow?> UpdateAsync(Guid id, ExperimentSpec spec, int expectedVersion, CancellationToken cancellation = default) => NamedAsync(spec.Name, async db =>
    {
        var now = clock.GetUtcNow();
        var version = expectedVersion + 1;
        var name = StoredText.Clean(spec.Name);
        var nameKey = StoredText.Key(spec.Name);
        var updated = await db.Experiments.Where(row => row.Id == id && row.Version == expectedVersion).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Version, version)
                .SetProperty(row => row.Name, name)
                .SetProperty(row => row.NameKey, nameKey)
                .SetProperty(row => row.UpdatedAt, now),
            cancellation);
        if (updated == 0)
            return null;

        db.Add(new ExperimentVersion { ExperimentId = id, Version = version, Spec = StoredJson.Write(spec), CreatedAt = now });
        db.Audit("experiment.changed", id.ToString(), string.Create(CultureInfo.InvariantCulture, $"{name}, version {version}"));
        await db.SaveChangesAsync(cancellation);
        return await Rows(db, db.Experiments.Where(row => row.Id == id)).SingleOrDefaultAsync(cancellation);
    }, cancellation);

    /// <summary>Deletes the experiment; its runs stay in history.</summary>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellation = default) => DeleteAsync(id, version: null, cancellation);

    /// <summary>The same, but only while it is at a version; null for whichever. False where it is not, or does not exist.</summary>
    public Task<bool> DeleteAsync(Guid id, int? version, CancellationToken cancellation = default) => WriteAsync(async db =>
    {
        var wanted = db.Experiments.Where(experiment => experiment.Id == id && (version == null || experiment.Version == version));
        var name = await wanted.Select(experiment => experiment.Name).SingleOrDefaultAsync(cancellation);
        if (name is null || await wanted.ExecuteDeleteAsync(cancellation) == 0)
            return false;
        db.Audit("experiment.deleted", id.ToString(), name);
        await db.Trials.Where(trial => trial.ExperimentId == id).ExecuteUpdateAsync(set => set.SetProperty(trial => trial.ExperimentId, (Guid?)null), cancellation);
        await db.CellPoints.Where(point => point.ExperimentId == id).ExecuteUpdateAsync(set => set.SetProperty(point => point.ExperimentId, (Guid?)null), cancellation);
        await db.Runs.Where(run => run.ExperimentId == id).ExecuteUpdateAsync(
            set => set.SetProperty(run => run.ExperimentId, (Guid?)null).SetProperty(run => run.ExperimentVersion, (int?)null), cancellation);
        return true;
    }, cancellation);

    private static IQueryable<ExperimentRow> Rows(BrigadeDbContext db, IQueryable<Experiment> experiments) =>
        from experiment in experiments
        join version in db.ExperimentVersions on new { experiment.Id, experiment.Version } equals new { Id = version.ExperimentId, version.Version }
        select new ExperimentRow(
            experiment.Id,
            experiment.Name,
            experiment.Version,
            StoredJson.Read<ExperimentSpec>(version.Spec),
            experiment.CreatedAt,
            experiment.UpdatedAt,
            db.Runs.Count(run => run.ExperimentId == experiment.Id),
            db.Runs.Where(run => run.ExperimentId == experiment.Id).OrderByDescending(run => run.QueuedAt).Select(run => (DateTimeOffset?)run.QueuedAt).FirstOrDefault());

    // The unique index decides, not a question beforehand: two people may save at the same moment.
    private async Task<T> NamedAsync<T>(string name, Func<BrigadeDbContext, Task<T>> operation, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(operation, cancellation);
        }
        catch (Exception error) when (StorageErrors.IsUniqueViolation(error))
        {
            throw new DuplicateNameException(name, error);
        }
    }
}
