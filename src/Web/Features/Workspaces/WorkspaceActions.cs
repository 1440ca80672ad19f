using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Access.Sessions;

namespace Brigade.Web.Features.Workspaces;

/// <summary>What somebody does to workspaces: their own list, a new one beside the current one, its name, its end.</summary>
internal sealed class WorkspaceActions(
    IWorkspaceScope me, WorkspaceDirectory directory, WorkspaceStore store, MembershipStore members, ISessions sessions, IServiceScopeFactory scopes, ILogger<WorkspaceActions> logger)
{
    /// <summary>The name of the current workspace is another now, within this unit of work.</summary>
    public event EventHandler? Renamed;

    /// <summary>The workspaces that whoever asks can work in, by name: all of a person's, the only one of a key.</summary>
    public async Task<IReadOnlyList<WorkspaceResponse>> MineAsync(CancellationToken cancellation = default)
    {
        if (Guid.TryParse(me.ActorId, out var user))
            return [.. (await directory.OfUserAsync(user, cancellation)).Select(row => new WorkspaceResponse(row.WorkspaceId, row.WorkspaceName, row.Role, row.WorkspaceId == me.WorkspaceId))];
        return await store.NameAsync(cancellation) is { } name ? [new WorkspaceResponse(me.WorkspaceId, name, me.Role, IsCurrent: true)] : [];
    }

    /// <summary>Makes a workspace. It takes an owner, because whoever owns one may run code on this server's runners.</summary>
    /// <param name="ownerId">Its first owner: whoever asks, or another member of the current workspace.</param>
    /// <exception cref="NotAllowedException">Whoever asks owns no workspace that they work in.</exception>
    /// <exception cref="RefusedException">The owner is no member.</exception>
    public async Task<WorkspaceResponse> CreateAsync(string name, Guid ownerId, CancellationToken cancellation = default)
    {
        me.Demand(WorkspaceRole.Owner);
        var isMine = string.Equals(me.ActorId, ownerId.ToString(), StringComparison.Ordinal);
        if (!isMine && (await members.ListAsync(cancellation)).All(member => member.UserId != ownerId))
            throw new RefusedException("Its owner has to be a member of this workspace.");
        var id = Guid.CreateVersion7();
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<WorkspaceScope>().Enter(new FixedWorkspaceScope(id, WorkspaceRole.Owner, me.ActorId, me.ActorName));
        await scope.ServiceProvider.GetRequiredService<WorkspaceStore>().CreateAsync(name, ownerId, cancellation);
        return new WorkspaceResponse(id, name.Trim(), WorkspaceRole.Owner, IsCurrent: false);
    }

    /// <inheritdoc cref="WorkspaceStore.RenameAsync"/>
    public async Task RenameAsync(string name, CancellationToken cancellation = default)
    {
        await store.RenameAsync(name, cancellation);
        Renamed?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc cref="WorkspaceStore.DeleteAsync"/>
    public async Task DeleteAsync(CancellationToken cancellation = default)
    {
        var name = await store.NameAsync(cancellation);
        await store.DeleteAsync(cancellation);

        // Its audit log went with it: this is what tells.
        logger.LogWarning("Workspace {Workspace} ({Name}) was deleted by {Actor} ({ActorId})", me.WorkspaceId, name, me.ActorName, me.ActorId);
        sessions.EndWorkspace(me.WorkspaceId);
    }
}

/// <summary>A workspace that whoever asks belongs to.</summary>
/// <param name="Role">Theirs.</param>
/// <param name="IsCurrent">Whether it is the one that they work in now.</param>
internal sealed record WorkspaceResponse(Guid Id, string Name, WorkspaceRole Role, bool IsCurrent);
