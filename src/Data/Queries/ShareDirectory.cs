using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Finds what a share link opens. It lies above the border, as <see cref="WorkspaceDirectory"/> does: its caller then reads that one thing, within the link's workspace.</summary>
public sealed class ShareDirectory(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>Passwords that may be tried within <see cref="AttemptWindow"/>.</summary>
    public const int MostAttempts = 5;

    public static readonly TimeSpan AttemptWindow = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private static readonly string[] Border = [BrigadeDbContext.WorkspaceFilter];

    /// <summary>A link that works now; null where there is none by that token.</summary>
    /// <param name="tokenHash">SHA-256 of the token, lower-case hexadecimal.</param>
    public Task<OpenShare?> FindAsync(string tokenHash, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return ReadAsync(
            db => Links(db).Where(link => link.TokenHash == tokenHash && link.RevokedAt == null && (link.ExpiresAt == null || link.ExpiresAt > now))
                .Select(link => new OpenShare(
                    link.Id, link.WorkspaceId, new ShareTarget(link.Kind, link.RunId, link.ExperimentId, StoredJson.Read<IReadOnlyList<Guid>>(link.Runs), StoredJson.Read<IReadOnlyList<int>>(link.Cells)),
                    link.WithSpec, link.PasswordHash, link.CreatedBy, link.ExpiresAt))
                .SingleOrDefaultAsync(cancellation),
            cancellation);
    }

    /// <summary>Remembers that somebody looked, once a minute at most.</summary>
    public Task SeenAsync(Guid id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var before = now - SeenEvery;
        return ReadAsync(
            db => Links(db).Where(link => link.Id == id && (link.LastSeenAt == null || link.LastSeenAt < before))
                .ExecuteUpdateAsync(set => set.SetProperty(link => link.LastSeenAt, (DateTimeOffset?)now), cancellation),
            cancellation);
    }

    /// <summary>Counts a try of a password before it is looked at, so that many at once are not more than allowed. False where there were too many.</summary>
    public Task<bool> TryAttemptAsync(Guid id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var before = now - AttemptWindow;
        return ReadAsync(
            async db => await Links(db).Where(link => link.Id == id && (link.Attempts < MostAttempts || link.AttemptsSince <= before)).ExecuteUpdateAsync(
                set => set
                    .SetProperty(link => link.Attempts, link => link.AttemptsSince <= before ? 1 : link.Attempts + 1)
                    .SetProperty(link => link.AttemptsSince, link => link.AttemptsSince <= before ? now : link.AttemptsSince),
                cancellation) > 0,
            cancellation);
    }

    /// <summary>The password was right: the tries before it do not count.</summary>
    public Task ForgetAttemptsAsync(Guid id, CancellationToken cancellation = default) => ReadAsync(
        db => Links(db).Where(link => link.Id == id).ExecuteUpdateAsync(set => set.SetProperty(link => link.Attempts, 0), cancellation), cancellation);

    private static IQueryable<ShareLink> Links(BrigadeDbContext db) => db.ShareLinks.IgnoreQueryFilters(Border);
}

/// <summary>A link that works.</summary>
/// <param name="PasswordHash">Null where the link alone is enough.</param>
/// <param name="CreatedBy">Name of who made it.</param>
public sealed record OpenShare(Guid Id, Guid WorkspaceId, ShareTarget Target, bool WithSpec, string? PasswordHash, string CreatedBy, DateTimeOffset? ExpiresAt);
