using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Writes runs that another tool measured, within the transaction of <paramref name="db"/>.</summary>
internal sealed class ImportWriter(BrigadeDbContext db, ICellSummaries summaries, DateTimeOffset now, CancellationToken cancellation)
{
    /// <summary>The id of the run, which has ended and has its points.</summary>
    /// <param name="version">Of the experiment; null for a run whose spec is none of its versions.</param>
    public async Task<Guid> WriteAsync(ImportedRun import, int? version)
    {
        if (import.Source.Length == 0)
            throw new ArgumentException("An imported run says which tool measured it.", nameof(import));
        if (import.ExperimentId is { } experiment && !await db.Experiments.AnyAsync(row => row.Id == experiment, cancellation))
            throw new UnknownExperimentException(experiment);

        // It stands in the history where it was measured.
        var run = NewRun.Of(import.Spec, import.Plan.Seed, import.Plan.Trials.Count, import.ExperimentId, version, now, queuedAt: import.StartedAt);
        (run.Source, run.IsImported, run.ImportHash) = (StoredText.Clean(import.Source), true, import.ContentHash);
        db.Add(run);
        db.Add(new RunDocument { RunId = run.Id, Spec = StoredJson.Write(import.Spec) });
        db.Audit("run.imported", run.Id.ToString(), $"{run.Name}, measured by {run.Source}");
        await db.SaveChangesAsync(cancellation);

        // From here on it is a run like any other that ends.
        var changes = new RunChanges { Status = RunStatus.Completed, StartedAt = import.StartedAt, EndedAt = import.EndedAt, Machine = import.Machine, Plan = import.Plan, Trials = import.Trials };
        await new RunCommit(db, summaries, run.Id, changes, now, cancellation).WriteAsync();
        db.ChangeTracker.Clear();
        return run.Id;
    }
}
