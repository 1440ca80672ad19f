using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Who belongs to the current workspace. What changes here ends sessions, which is up to the caller. One context per operation.</summary>
public sealed class MembershipStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : Store(contexts, location)
{
    /// <summary>Owners first, then by name.</summary>
    public Task<IReadOnlyList<MemberRow>> ListAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<MemberRow>>(
        async db => [.. (await Rows(db).ToListAsync(cancellation)).OrderByDescending(row => row.Role).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.UserId)],
        cancellation);

    /// <summary>Gives a member another role. Admins do so among viewers and editors; whatever concerns admins and owners takes an owner. Null where there is no such member.</summary>
    /// <exception cref="RefusedException">The workspace would be left without an owner.</exception>
    public Task<MemberRow?> ChangeRoleAsync(Guid userId, WorkspaceRole role, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Admin,
        async db =>
        {
            await WorkspaceLock.TakeAsync(db, cancellation);
            if (await FindAsync(db, userId, cancellation) is not { } member)
                return null;
            db.Scope.Demand(Needed(member.Role, role));
            if (member.Role == role)
                return member;
            await KeepAnOwnerAsync(db, member, cancellation);
            await db.Memberships.Where(row => row.UserId == userId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, role), cancellation);
            db.Audit("member.changed", userId.ToString(), $"{member.Name}: {Name(member.Role)} to {Name(role)}");
            return member with { Role = role };
        },
        cancellation);

    /// <summary>Takes a member out of the workspace; everybody may leave by themselves. Their account, and what they did, stays. False where there is no such member.</summary>
    /// <exception cref="RefusedException">The workspace would be left without an owner.</exception>
    public Task<bool> RemoveAsync(Guid userId, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Viewer,
        async db =>
        {
            var isSelf = string.Equals(db.Scope.ActorId, userId.ToString(), StringComparison.OrdinalIgnoreCase);
            if (!isSelf)
                db.Scope.Demand(WorkspaceRole.Admin);
            await WorkspaceLock.TakeAsync(db, cancellation);
            if (await FindAsync(db, userId, cancellation) is not { } member)
                return false;
            if (!isSelf)
                db.Scope.Demand(Needed(member.Role, member.Role));
            await KeepAnOwnerAsync(db, member, cancellation);
            await db.Memberships.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellation);
            db.Audit(isSelf ? "member.left" : "member.removed", userId.ToString(), $"{member.Name}, {Name(member.Role)}");
            return true;
        },
        cancellation);

    /// <summary>The role that it takes to move somebody from one role to another, or to invite them as one.</summary>
    public static WorkspaceRole Needed(WorkspaceRole from, WorkspaceRole to) => from >= WorkspaceRole.Admin || to >= WorkspaceRole.Admin ? WorkspaceRole.Owner : WorkspaceRole.Admin;

    internal static string Name(WorkspaceRole role) => role.ToString().ToLowerInvariant();

    private static Task<MemberRow?> FindAsync(BrigadeDbContext db, Guid userId, CancellationToken cancellation) => Rows(db).Where(row => row.UserId == userId).SingleOrDefaultAsync(cancellation);

    private static async Task KeepAnOwnerAsync(BrigadeDbContext db, MemberRow member, CancellationToken cancellation)
    {
        // A closed account cannot look after a workspace.
        if (member.Role == WorkspaceRole.Owner && !await Rows(db).AnyAsync(row => row.Role == WorkspaceRole.Owner && !row.IsDisabled && row.UserId != member.UserId, cancellation))
            throw new RefusedException($"{member.Name} is the workspace's last owner. Make somebody else an owner first.");
    }

    private static IQueryable<MemberRow> Rows(BrigadeDbContext db) =>
        from membership in db.Memberships
        join user in db.Users on membership.UserId equals user.Id
        select new MemberRow { UserId = user.Id, Name = user.DisplayName, Email = user.Email ?? "", Role = membership.Role, Since = membership.Since, IsDisabled = user.Disabled };
}

/// <summary>A member as lists show them.</summary>
public sealed record MemberRow
{
    public required Guid UserId { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty where they have told none.</summary>
    public required string Email { get; init; }

    public required WorkspaceRole Role { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether the account is closed: it cannot sign in.</summary>
    public required bool IsDisabled { get; init; }
}
