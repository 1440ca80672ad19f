using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>
/// Which workspace a key opens. Above the border, as <see cref="WorkspaceDirectory"/> is: whoever sends a key is in no workspace yet. It answers one row for one hash, and nothing else.
/// </summary>
public sealed class ApiKeyDirectory(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>How exactly the last use of a key is kept: a write for each request would be dearer than most requests.</summary>
    public static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    private static readonly string[] Border = [BrigadeDbContext.WorkspaceFilter];

    /// <summary>The key with this hash that is good now; null where there is none.</summary>
    public Task<KnownApiKey?> FindAsync(string hash, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return ReadAsync(
            db => db.ApiKeys.IgnoreQueryFilters(Border)
                .Where(key => key.Hash == hash && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now))
                .Select(key => new KnownApiKey(key.Id, key.WorkspaceId, key.Name, key.Scope, key.ExpiresAt, key.LastUsedAt))
                .SingleOrDefaultAsync(cancellation),
            cancellation);
    }

    /// <summary>Whether the key with this id is good now.</summary>
    public Task<bool> IsGoodAsync(Guid id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return ReadAsync(
            db => db.ApiKeys.IgnoreQueryFilters(Border).AnyAsync(key => key.Id == id && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now), cancellation),
            cancellation);
    }

    /// <summary>Notes that a key is being used, at most once within <see cref="UseResolution"/>.</summary>
    public Task<int> UsedAsync(Guid id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var before = now - UseResolution;
        return ReadAsync(
            db => db.ApiKeys.IgnoreQueryFilters(Border)
                .Where(key => key.Id == id && (key.LastUsedAt == null || key.LastUsedAt <= before))
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, now), cancellation),
            cancellation);
    }
}

/// <summary>A key that is good, and what it opens.</summary>
public sealed record KnownApiKey(Guid Id, Guid WorkspaceId, string Name, ApiKeyScope Scope, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
