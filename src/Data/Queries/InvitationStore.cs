using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Invitations to the current workspace, for its admins; they are accepted by <see cref="AccountStore"/>. One context per operation.</summary>
public sealed class InvitationStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public const int MostDays = 90;

    /// <summary>More links that are good at the same time are no invitations any more.</summary>
    public const int MostOpen = 200;

    // Long enough to see why a link was of no use.
    private static readonly TimeSpan KeepExpired = TimeSpan.FromDays(30);

    /// <summary>Those that were neither accepted nor revoked, newest first; also those that expired lately, so that somebody sees why a link is not good any more.</summary>
    public Task<IReadOnlyList<InvitationRow>> ListAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<InvitationRow>>(
        async db =>
        {
            db.Scope.Demand(WorkspaceRole.Admin);
            return await db.Invitations
                .Where(row => row.AcceptedAt == null)
                .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
                .Select(row => new InvitationRow(row.Id, row.Email, row.Role, row.CreatedBy, row.CreatedAt, row.ExpiresAt))
                .ToListAsync(cancellation);
        },
        cancellation);

    /// <summary>A new invitation. To invite an admin or an owner takes an owner.</summary>
    /// <param name="tokenHash">SHA-256 of the link's token, lower-case hexadecimal; the token itself is kept nowhere.</param>
    /// <param name="email">Whom it is for; empty for whoever has the link.</param>
    /// <param name="days">1 to <see cref="MostDays"/>.</param>
    /// <exception cref="RefusedException">There are <see cref="MostOpen"/> already.</exception>
    public Task<InvitationRow> CreateAsync(WorkspaceRole role, string email, int days, string tokenHash, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        return WriteAsync(
            MembershipStore.Needed(WorkspaceRole.Viewer, role),
            async db =>
            {
                await WorkspaceLock.TakeAsync(db, cancellation);
                var now = clock.GetUtcNow();
                var forgotten = now - KeepExpired;
                await db.Invitations.Where(old => old.AcceptedAt == null && old.ExpiresAt < forgotten).ExecuteDeleteAsync(cancellation);
                if (await db.Invitations.CountAsync(open => open.AcceptedAt == null && open.ExpiresAt > now, cancellation) >= MostOpen)
                    throw new RefusedException($"There are {MostOpen} open invitations already. Revoke those that nobody needs any more.");
                var row = new Invitation
                {
                    Id = Guid.CreateVersion7(now), Email = StoredText.Clean(email), Role = role, TokenHash = tokenHash, CreatedAt = now, ExpiresAt = now.AddDays(days), CreatedBy = db.Scope.ActorName,
                };
                db.Add(row);
                db.Audit("invitation.created", row.Id.ToString(), $"{Whom(row)}, as {MembershipStore.Name(role)}");
                await db.SaveChangesAsync(cancellation);
                return new InvitationRow(row.Id, row.Email, row.Role, row.CreatedBy, row.CreatedAt, row.ExpiresAt);
            },
            cancellation);
    }

    /// <summary>Makes a link useless; false where there is no such invitation, or somebody has accepted it.</summary>
    public Task<bool> RevokeAsync(Guid id, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Admin,
        async db =>
        {
            if (await db.Invitations.SingleOrDefaultAsync(row => row.Id == id && row.AcceptedAt == null, cancellation) is not { } row)
                return false;

            // The deletion decides: it may be accepted at the same moment.
            if (await db.Invitations.Where(invitation => invitation.Id == id && invitation.AcceptedAt == null).ExecuteDeleteAsync(cancellation) == 0)
                return false;
            db.Audit("invitation.revoked", id.ToString(), $"{Whom(row)}, as {MembershipStore.Name(row.Role)}");
            return true;
        },
        cancellation);

    private static string Whom(Invitation invitation) => invitation.Email.Length > 0 ? invitation.Email : "whoever has the link";
}

/// <summary>An invitation as lists show it.</summary>
/// <param name="Email">Whom it is for; empty for whoever has the link.</param>
/// <param name="CreatedBy">Name of who made it.</param>
public sealed record InvitationRow(Guid Id, string Email, WorkspaceRole Role, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
