using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access.Sessions;

namespace Brigade.Web.Features.Members;

/// <summary>What is done to members, with what follows from it: whoever has another role, or none any more, has no page or connection open with the old one.</summary>
internal sealed class MemberActions(MembershipStore store, ISessions sessions)
{
    /// <inheritdoc cref="MembershipStore.ChangeRoleAsync"/>
    public async Task<MemberRow?> ChangeRoleAsync(Guid userId, WorkspaceRole role, CancellationToken cancellation = default)
    {
        var member = await store.ChangeRoleAsync(userId, role, cancellation);
        if (member is not null)
            sessions.End(userId);
        return member;
    }

    /// <inheritdoc cref="MembershipStore.RemoveAsync"/>
    public async Task<bool> RemoveAsync(Guid userId, CancellationToken cancellation = default)
    {
        var isRemoved = await store.RemoveAsync(userId, cancellation);
        if (isRemoved)
            sessions.End(userId);
        return isRemoved;
    }
}
