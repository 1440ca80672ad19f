using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Share links of the current workspace, as its members see them. What a visitor comes in by is in <see cref="ShareDirectory"/>. One context per operation.</summary>
public sealed class ShareStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public const int LongestNote = 200;

    /// <summary>The most that are listed; nobody keeps more.</summary>
    public const int MostListed = 500;

    /// <summary>Links that were not revoked, the newest first; those that expired stay until somebody takes them away.</summary>
    /// <param name="about">Null for all.</param>
    public Task<IReadOnlyList<ShareRow>> ListAsync(ShareTarget? about = null, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<ShareRow>>(
        async db =>
        {
            var links = db.ShareLinks.Where(link => link.RevokedAt == null);
            if (about is not null)
            {
                var (runs, cells) = (StoredJson.Write(about.Runs), StoredJson.Write(about.Cells));
                links = about.Kind switch
                {
                    ShareKind.Run => links.Where(link => link.RunId == about.RunId),
                    ShareKind.Latest => links.Where(link => link.ExperimentId == about.ExperimentId),
                    _ => links.Where(link => link.Kind == ShareKind.Comparison && link.Runs == runs && link.Cells == cells),
                };
            }

            return await Rows(links.OrderByDescending(link => link.CreatedAt).ThenByDescending(link => link.Id).Take(MostListed)).ToListAsync(cancellation);
        },
        cancellation);

    /// <summary>The runs that a link shows now, in its order; empty where they are not all there.</summary>
    public Task<IReadOnlyList<RunRow>> RunsAsync(ShareTarget target, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return ReadAsync<IReadOnlyList<RunRow>>(
            async db =>
            {
                if (target.Kind == ShareKind.Latest)
                {
                    return await db.Runs.Where(run => run.ExperimentId == target.ExperimentId && run.Status == RunStatus.Completed)
                        .OrderByDescending(run => run.QueuedAt).ThenByDescending(run => run.Id).Take(1).Select(RunList.ToRow).ToListAsync(cancellation);
                }

                IReadOnlyList<Guid> ids = target.RunId is { } only ? [only] : target.Runs;
                var rows = await db.Runs.Where(run => ids.Contains(run.Id)).Select(RunList.ToRow).ToDictionaryAsync(run => run.Id, cancellation);
                return rows.Count == ids.Count ? [.. ids.Select(id => rows[id])] : [];
            },
            cancellation);
    }

    /// <summary>Stores a link. Null where the workspace does not have what it is to show.</summary>
    /// <param name="tokenHash">SHA-256 of its token, lower-case hexadecimal.</param>
    /// <param name="passwordHash">Null where the link alone is enough.</param>
    public Task<ShareRow?> CreateAsync(NewShare share, string tokenHash, string? passwordHash, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(share);
        return WriteAsync(
            async db =>
            {
                if (await NameAsync(db, share.Target, cancellation) is not { } name)
                    return null;
                var now = clock.GetUtcNow();
                var link = new ShareLink
                {
                    Id = Guid.CreateVersion7(now), Kind = share.Target.Kind, RunId = share.Target.RunId, ExperimentId = share.Target.ExperimentId,
                    Runs = StoredJson.Write(share.Target.Runs), Cells = StoredJson.Write(share.Target.Cells), WithSpec = share.WithSpec, Note = StoredText.Clean(share.Note),
                    TokenHash = tokenHash, PasswordHash = passwordHash, CreatedById = db.Scope.ActorId, CreatedBy = db.Scope.ActorName, CreatedAt = now, AttemptsSince = now, ExpiresAt = share.ExpiresAt,
                };
                db.Add(link);
                db.Audit("share.created", link.Id.ToString(), name);
                await db.SaveChangesAsync(cancellation);
                return await Rows(db.ShareLinks.Where(row => row.Id == link.Id)).SingleAsync(cancellation);
            },
            cancellation);
    }

    /// <summary>Ends a link at once and for good; false where there is none, or it was revoked before.</summary>
    public Task<bool> RevokeAsync(Guid id, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var now = clock.GetUtcNow();
            if (await db.ShareLinks.Where(link => link.Id == id && link.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(link => link.RevokedAt, (DateTimeOffset?)now), cancellation) == 0)
                return false;
            db.Audit("share.revoked", id.ToString());
            return true;
        },
        cancellation);

    /// <summary>What is shared, for the audit log; null where it is not all there.</summary>
    private static async Task<string?> NameAsync(BrigadeDbContext db, ShareTarget target, CancellationToken cancellation)
    {
        switch (target.Kind)
        {
            case ShareKind.Run:
                return await db.Runs.Where(run => run.Id == target.RunId).Select(run => run.Name).SingleOrDefaultAsync(cancellation);
            case ShareKind.Latest:
                return await db.Experiments.Where(experiment => experiment.Id == target.ExperimentId).Select(experiment => experiment.Name).SingleOrDefaultAsync(cancellation) is { } name ? $"latest run of {name}" : null;
            default:
                var names = await db.Runs.Where(run => target.Runs.Contains(run.Id)).Select(run => run.Name).ToListAsync(cancellation);
                return names.Count == target.Runs.Count ? "comparison of " + string.Join(", ", names) : null;
        }
    }

    private static IQueryable<ShareRow> Rows(IQueryable<ShareLink> links) => links.Select(link => new ShareRow(
        link.Id, link.Kind, link.RunId, link.ExperimentId, StoredJson.Read<IReadOnlyList<Guid>>(link.Runs), StoredJson.Read<IReadOnlyList<int>>(link.Cells), link.WithSpec, link.PasswordHash != null, link.Note,
        link.CreatedBy, link.CreatedAt, link.ExpiresAt, link.LastSeenAt));
}

/// <summary>What a link shows: exactly one of a run, an experiment's latest run, or a comparison.</summary>
/// <param name="Runs">Of a comparison; the first is what the others are compared with.</param>
/// <param name="Cells">Of a comparison; empty for all.</param>
public sealed record ShareTarget(ShareKind Kind, Guid? RunId, Guid? ExperimentId, IReadOnlyList<Guid> Runs, IReadOnlyList<int> Cells)
{
    public static ShareTarget OfRun(Guid run) => new(ShareKind.Run, run, null, [], []);

    public static ShareTarget OfLatest(Guid experiment) => new(ShareKind.Latest, null, experiment, [], []);

    public static ShareTarget OfComparison(IReadOnlyList<Guid> runs, IReadOnlyList<int> cells) => new(ShareKind.Comparison, null, null, runs, cells);
}

/// <param name="Note">At most <see cref="ShareStore.LongestNote"/> letters.</param>
public sealed record NewShare(ShareTarget Target, bool WithSpec, string Note, DateTimeOffset? ExpiresAt);

/// <summary>A share link as members see it: never its token.</summary>
public sealed record ShareRow(
    Guid Id, ShareKind Kind, Guid? RunId, Guid? ExperimentId, IReadOnlyList<Guid> Runs, IReadOnlyList<int> Cells, bool WithSpec, bool HasPassword, string Note,
    string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastSeenAt);
