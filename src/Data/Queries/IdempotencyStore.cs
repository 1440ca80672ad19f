using System.Linq.Expressions;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Which requests the current actor has made in the current workspace, and what they answered. One context per operation.</summary>
public sealed class IdempotencyStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>A request that has not answered for so long never will: the server was killed in the middle of it.</summary>
    public static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);

    /// <summary>Begins a request: null where it is new and to be done now, else what is known of it.</summary>
    public async Task<KnownRequest?> BeginAsync(string key, string fingerprint, CancellationToken cancellation = default)
    {
        try
        {
            return await WriteAsync<KnownRequest?>(
                async db =>
                {
                    var now = clock.GetUtcNow();
                    var (old, dead) = (now - Lifetime, now - LongestRequest);
                    await db.IdempotencyRecords.Where(row => row.CreatedAt < old || (row.Key == key && row.Status == null && row.CreatedAt < dead)).ExecuteDeleteAsync(cancellation);
                    if (await KnownAsync(db, key, cancellation) is { } known)
                        return known;
                    db.Add(new IdempotencyRecord { ActorId = db.Scope.ActorId, Key = key, Fingerprint = fingerprint, CreatedAt = now });
                    await db.SaveChangesAsync(cancellation);
                    return null;
                },
                cancellation);
        }
        catch (Exception error) when (StorageErrors.IsUniqueViolation(error))
        {
            // Another one began at the same moment.
            return await ReadAsync(db => KnownAsync(db, key, cancellation), cancellation) ?? new KnownRequest(fingerprint, null, "", "", []);
        }
    }

    /// <summary>Keeps the answer.</summary>
    public Task<int> EndAsync(string key, int status, string contentType, string location, byte[] body, CancellationToken cancellation = default) => WriteAsync(
        db => db.IdempotencyRecords.Where(IsOpen(db, key)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, status).SetProperty(row => row.ContentType, contentType).SetProperty(row => row.Location, location).SetProperty(row => row.Body, body), cancellation),
        cancellation);

    /// <summary>Forgets a request that failed through no fault of its own, so that it can be tried again.</summary>
    public Task<int> ForgetAsync(string key, CancellationToken cancellation = default) =>
        WriteAsync(db => db.IdempotencyRecords.Where(IsOpen(db, key)).ExecuteDeleteAsync(cancellation), cancellation);

    private static Expression<Func<IdempotencyRecord, bool>> IsOpen(BrigadeDbContext db, string key)
    {
        var actor = db.Scope.ActorId;
        return row => row.ActorId == actor && row.Key == key && row.Status == null;
    }

    private static Task<KnownRequest?> KnownAsync(BrigadeDbContext db, string key, CancellationToken cancellation)
    {
        var actor = db.Scope.ActorId;
        return db.IdempotencyRecords
            .Where(row => row.ActorId == actor && row.Key == key)
            .Select(row => new KnownRequest(row.Fingerprint, row.Status, row.ContentType, row.Location, row.Body))
            .SingleOrDefaultAsync(cancellation);
    }
}

/// <summary>A request that was sent before.</summary>
/// <param name="Status">Null while it is under way.</param>
public sealed record KnownRequest(string Fingerprint, int? Status, string ContentType, string Location, byte[] Body);
