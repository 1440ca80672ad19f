using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Runs that whoever works here wants to find again: everybody has their own, viewers too. One context per operation.</summary>
public sealed class StarStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public Task<bool> HasAsync(Guid runId, CancellationToken cancellation = default) =>
        ReadAsync(db => db.RunStars.AnyAsync(star => star.RunId == runId && star.ActorId == db.Scope.ActorId, cancellation), cancellation);

    /// <summary>Gives a run a star, or takes it away; again changes nothing. False where there is no such run.</summary>
    public async Task<bool> SetAsync(Guid runId, bool isStarred, CancellationToken cancellation = default)
    {
        try
        {
            return await WriteAsync(WorkspaceRole.Viewer, db => SetAsync(db, runId, isStarred, cancellation), cancellation);
        }
        catch (Exception error) when (StorageErrors.IsUniqueViolation(error))
        {
            // Two clicks at once: it has its star.
            return true;
        }
    }

    private async Task<bool> SetAsync(BrigadeDbContext db, Guid runId, bool isStarred, CancellationToken cancellation)
    {
        if (!await db.Runs.AnyAsync(run => run.Id == runId, cancellation))
            return false;
        var actor = db.Scope.ActorId;
        var stars = db.RunStars.Where(star => star.RunId == runId && star.ActorId == actor);
        if (!isStarred)
            await stars.ExecuteDeleteAsync(cancellation);
        else if (!await stars.AnyAsync(cancellation))
            db.Add(new RunStar { RunId = runId, ActorId = actor, At = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
