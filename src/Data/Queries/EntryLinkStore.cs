using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Links that let one browser in, once, whichever node it asks. For Brigade itself, in a system scope.</summary>
public sealed class EntryLinkStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <param name="tokenHash">SHA-256 of the token, lower-case hexadecimal.</param>
    /// <param name="userId">Whom it signs in; the first owner where null.</param>
    public Task AddAsync(string tokenHash, DateTimeOffset expiresAt, Guid? userId, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return WriteAsync(
            WorkspaceRole.Owner,
            async db =>
            {
                await db.EntryLinks.Where(link => link.ExpiresAt <= now).ExecuteDeleteAsync(cancellation);
                db.EntryLinks.Add(new EntryLink { TokenHash = tokenHash, ExpiresAt = expiresAt, UserId = userId });
                return await db.SaveChangesAsync(cancellation);
            },
            cancellation);
    }

    /// <summary>Uses a link up; null where it is unknown, expired or used, by whichever node.</summary>
    public Task<EntryLink?> TakeAsync(string tokenHash, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return WriteAsync(
            WorkspaceRole.Owner,
            async db =>
            {
                var link = await db.EntryLinks.SingleOrDefaultAsync(row => row.TokenHash == tokenHash && row.ExpiresAt > now, cancellation);

                // Of two that come at once, one finds nothing left to delete.
                return link is not null && await db.EntryLinks.Where(row => row.TokenHash == tokenHash).ExecuteDeleteAsync(cancellation) == 1 ? link : null;
            },
            cancellation);
    }
}
