using System.Linq.Expressions;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>The keys of the current workspace, for its admins. One context per operation.</summary>
public sealed class ApiKeyStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public const int LongestName = 100;

    /// <summary>Keys that are good; more than any team needs, and few enough for one page.</summary>
    public const int MostKeys = 200;

    private static readonly Expression<Func<ApiKey, ApiKeyRow>> ToRow = key =>
        new ApiKeyRow(key.Id, key.Name, key.Prefix, key.Scope, key.CreatedBy, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.RevokedAt);

    /// <summary>All keys, those that are not good any more too; newest first.</summary>
    /// <exception cref="NotAllowedException">Only admins see them.</exception>
    public Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<ApiKeyRow>>(
        async db =>
        {
            db.Scope.Demand(WorkspaceRole.Admin);
            return await db.ApiKeys.OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id).Take(MostKeys * 5).Select(ToRow).ToListAsync(cancellation);
        },
        cancellation);

    /// <exception cref="NotAllowedException">Only admins see them.</exception>
    public Task<ApiKeyRow?> FindAsync(Guid id, CancellationToken cancellation = default) => ReadAsync(
        db =>
        {
            db.Scope.Demand(WorkspaceRole.Admin);
            return db.ApiKeys.Where(key => key.Id == id).Select(ToRow).SingleOrDefaultAsync(cancellation);
        },
        cancellation);

    /// <summary>Stores a key of which the caller keeps the text; null where there are <see cref="MostKeys"/> good ones already.</summary>
    /// <param name="name">1 to <see cref="LongestName"/> characters.</param>
    /// <exception cref="NotAllowedException">Only admins make them.</exception>
    public Task<ApiKeyRow?> CreateAsync(string name, ApiKeyScope scope, string prefix, string hash, DateTimeOffset? expiresAt, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > LongestName)
            throw new ArgumentOutOfRangeException(nameof(name), name.Length, $"A name has at most {LongestName} characters.");
        return WriteAsync(
            WorkspaceRole.Admin,
            async db =>
            {
                var now = clock.GetUtcNow();
                if (await db.ApiKeys.CountAsync(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now), cancellation) >= MostKeys)
                    return null;
                var key = new ApiKey
                {
                    Id = Guid.CreateVersion7(now), Name = StoredText.Clean(name), Prefix = prefix, Hash = hash, Scope = scope, CreatedBy = db.Scope.ActorName, CreatedAt = now, ExpiresAt = expiresAt,
                };
                db.Add(key);
                db.Audit("key.created", key.Id.ToString(), $"{key.Name} ({scope.ToString().ToLowerInvariant()}, {prefix}…)");
                await db.SaveChangesAsync(cancellation);
                return ToRow.Compile()(key);
            },
            cancellation);
    }

    /// <summary>Ends a key for good; one that was ended before stays as it is. Null where there is none.</summary>
    /// <exception cref="NotAllowedException">Only admins end them.</exception>
    public Task<ApiKeyRow?> RevokeAsync(Guid id, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Admin,
        async db =>
        {
            var now = clock.GetUtcNow();
            if (await db.ApiKeys.Where(key => key.Id == id && key.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAt, now), cancellation) == 1)
                db.Audit("key.revoked", id.ToString(), await db.ApiKeys.Where(key => key.Id == id).Select(key => key.Name).SingleAsync(cancellation));
            return await db.ApiKeys.Where(key => key.Id == id).Select(ToRow).SingleOrDefaultAsync(cancellation);
        },
        cancellation);
}

/// <summary>A key, without what it opens.</summary>
/// <param name="Prefix">How it begins.</param>
public sealed record ApiKeyRow(
    Guid Id, string Name, string Prefix, ApiKeyScope Scope, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public bool IsGood(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}
