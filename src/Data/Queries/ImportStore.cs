using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Stores imported runs in the current workspace, all or nothing.</summary>
public sealed class ImportStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, ICellSummaries summaries, QuotaStore quotas, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>
    /// Stores the run, in the experiment of its name: made where there is none, with a new version where its spec has changed. Importing the same benchmarks again is the next point of their trend.
    /// </summary>
    /// <exception cref="ImportNameException">The experiment of that name was not imported from the same tool.</exception>
    /// <exception cref="AlreadyImportedException">The experiment has a run of the same file.</exception>
    /// <exception cref="QuotaExceededException">The workspace may store no more.</exception>
    public async Task<RunRow> ImportAsync(ImportedRun import, CancellationToken cancellation = default)
    {
        await quotas.DemandRoomAsync(cancellation);
        try
        {
            return await WriteAsync(db => ImportAsync(db, import, cancellation), cancellation);
        }
        catch (Exception error) when (StorageErrors.IsUniqueViolation(error))
        {
            // Somebody made the experiment, or sent the same file, at the same moment: now it is there.
            return await WriteAsync(db => ImportAsync(db, import, cancellation), cancellation);
        }
    }

    private async Task<RunRow> ImportAsync(BrigadeDbContext db, ImportedRun import, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (experiment, version) = await ExperimentAsync(db, import.Spec, now, cancellation);
        if (import.ContentHash.Length > 0 && await db.Runs.Where(row => row.ExperimentId == experiment && row.ImportHash == import.ContentHash).Select(RunList.ToRow).SingleOrDefaultAsync(cancellation) is { } earlier)
            throw new AlreadyImportedException(earlier);
        var id = await new ImportWriter(db, summaries, now, cancellation).WriteAsync(import with { ExperimentId = experiment }, version);
        return await db.Runs.Where(row => row.Id == id).Select(RunList.ToRow).SingleAsync(cancellation);
    }

    private static async Task<(Guid Id, int Version)> ExperimentAsync(BrigadeDbContext db, ExperimentSpec spec, DateTimeOffset now, CancellationToken cancellation)
    {
        var key = StoredText.Key(spec.Name);
        var json = StoredJson.Write(spec);
        if (await db.Experiments.SingleOrDefaultAsync(row => row.NameKey == key, cancellation) is not { } found)
        {
            var experiment = new Experiment { Id = Guid.CreateVersion7(now), Name = StoredText.Clean(spec.Name), NameKey = key, Version = 1, CreatedAt = now, UpdatedAt = now };
            db.Add(experiment);
            db.Add(new ExperimentVersion { ExperimentId = experiment.Id, Version = 1, Spec = json, CreatedAt = now });
            await db.SaveChangesAsync(cancellation);
            return (experiment.Id, 1);
        }

        var current = await db.ExperimentVersions.Where(row => row.ExperimentId == found.Id && row.Version == found.Version).Select(row => row.Spec).SingleAsync(cancellation);
        var source = StoredJson.Read<ExperimentSpec>(current).Workload.Imported;
        if (!string.Equals(source, spec.Workload.Imported, StringComparison.Ordinal))
            throw new ImportNameException(found.Name, source);
        if (string.Equals(current, json, StringComparison.Ordinal))
            return (found.Id, found.Version);

        var version = found.Version + 1;
        await db.Experiments.Where(row => row.Id == found.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, version).SetProperty(row => row.UpdatedAt, now), cancellation);
        db.Add(new ExperimentVersion { ExperimentId = found.Id, Version = version, Spec = json, CreatedAt = now });
        await db.SaveChangesAsync(cancellation);
        return (found.Id, version);
    }
}
