using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>What signing in has to know of people and their memberships. It lies above the border, as <see cref="WorkspaceDirectory"/> does: it is for Brigade itself.</summary>
public sealed class AccountStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    private static readonly string[] Border = [BrigadeDbContext.WorkspaceFilter];

    /// <summary>What a session of a user in a workspace stands on; null where there is no such user.</summary>
    public Task<SessionState?> SessionAsync(Guid userId, Guid workspaceId, CancellationToken cancellation = default) => ReadAsync(
        db => db.Users.Where(user => user.Id == userId)
            .Select(user => new SessionState(
                user.SecurityStamp ?? "", user.Disabled, user.DisplayName,
                db.Memberships.IgnoreQueryFilters(Border).Where(membership => membership.UserId == userId && membership.WorkspaceId == workspaceId).Select(membership => (WorkspaceRole?)membership.Role).FirstOrDefault()))
            .SingleOrDefaultAsync(cancellation),
        cancellation);

    /// <summary>Whom the printed link is for: who has owned the default workspace the longest and may sign in; null where nobody does.</summary>
    public Task<Guid?> FirstOwnerAsync(CancellationToken cancellation = default) => ReadAsync(
        db => (
            from membership in db.Memberships.IgnoreQueryFilters(Border)
            join user in db.Users on membership.UserId equals user.Id
            where membership.WorkspaceId == Workspace.DefaultId && membership.Role == WorkspaceRole.Owner && !user.Disabled
            orderby membership.Since, user.Id
            select (Guid?)user.Id).FirstOrDefaultAsync(cancellation),
        cancellation);

    /// <summary>An invitation that can still be accepted; null where there is none by that token.</summary>
    /// <param name="tokenHash">SHA-256 of the token, lower-case hexadecimal.</param>
    public Task<OpenInvitation?> InvitationAsync(string tokenHash, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return ReadAsync(
            db => (
                from invitation in db.Invitations.IgnoreQueryFilters(Border)
                join workspace in db.Workspaces on invitation.WorkspaceId equals workspace.Id
                where invitation.TokenHash == tokenHash && invitation.AcceptedAt == null && invitation.ExpiresAt > now
                select new OpenInvitation(invitation.Id, workspace.Id, workspace.Name, invitation.Email, invitation.Role)).SingleOrDefaultAsync(cancellation),
            cancellation);
    }

    /// <summary>The invitations for an address that can still be accepted.</summary>
    public Task<IReadOnlyList<OpenInvitation>> InvitationsForAsync(string email, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var wanted = email.ToUpperInvariant();
#pragma warning disable MA0011 // SQL knows no culture
        return ReadAsync<IReadOnlyList<OpenInvitation>>(
            async db => await (
                from invitation in db.Invitations.IgnoreQueryFilters(Border)
                join workspace in db.Workspaces on invitation.WorkspaceId equals workspace.Id
                where invitation.Email.ToUpper() == wanted && invitation.AcceptedAt == null && invitation.ExpiresAt > now
                orderby invitation.ExpiresAt
                select new OpenInvitation(invitation.Id, workspace.Id, workspace.Name, invitation.Email, invitation.Role)).ToListAsync(cancellation),
            cancellation);
#pragma warning restore MA0011
    }

    /// <summary>Makes a user a member by an invitation, once. A member who has a lesser role gets the invitation's; nobody loses one.</summary>
    /// <returns>False where somebody else was faster, or it has expired meanwhile.</returns>
    /// <remarks>Call it in a system scope of the invitation's workspace.</remarks>
    public Task<bool> AcceptAsync(Guid invitationId, Guid userId, string userName, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner,
        async db =>
        {
            var now = clock.GetUtcNow();
            var taken = await db.Invitations.Where(invitation => invitation.Id == invitationId && invitation.AcceptedAt == null && invitation.ExpiresAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.AcceptedAt, (DateTimeOffset?)now), cancellation);
            if (taken == 0)
                return false;
            var role = await db.Invitations.Where(invitation => invitation.Id == invitationId).Select(invitation => invitation.Role).SingleAsync(cancellation);
            if (await db.Memberships.AsTracking().SingleOrDefaultAsync(membership => membership.UserId == userId, cancellation) is not { } member)
                db.Memberships.Add(new Membership { UserId = userId, Role = role, Since = now });
            else if (member.Role < role)
                member.Role = role;
            db.Audit("invitation.accepted", userId.ToString(), $"{userName} joined as {role.ToString().ToLowerInvariant()}.");
            await db.SaveChangesAsync(cancellation);
            return true;
        },
        cancellation);

    /// <summary>Notes in the audit log of a member's workspace what became of their account, as whoever this unit of work is.</summary>
    /// <param name="detail">Never a secret.</param>
    public Task<bool> NoteAsync(string action, Guid userId, string detail, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner,
        db =>
        {
            db.Audit(action, userId.ToString(), detail);
            return Task.FromResult(true);
        },
        cancellation);
}

/// <param name="Stamp">Changes when all of the user's sessions have to end.</param>
/// <param name="Role">In the workspace that was asked for; null where the user does not belong to it.</param>
public sealed record SessionState(string Stamp, bool Disabled, string Name, WorkspaceRole? Role);

/// <param name="Email">Whom it is for; empty for whoever has the link.</param>
public sealed record OpenInvitation(Guid Id, Guid WorkspaceId, string WorkspaceName, string Email, WorkspaceRole Role);
