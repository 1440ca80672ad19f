using Brigade.Data.Entities;

namespace Brigade.Data;

/// <summary>The scope of a unit of work, empty until it is entered, once.</summary>
public sealed class WorkspaceScope : IWorkspaceScope
{
    private IWorkspaceScope _entered = FixedWorkspaceScope.None;

    public Guid WorkspaceId => _entered.WorkspaceId;

    public WorkspaceRole Role => _entered.Role;

    public string ActorId => _entered.ActorId;

    public string ActorName => _entered.ActorName;

    /// <summary>Enters; again only as the same.</summary>
    /// <exception cref="InvalidOperationException">The unit of work is in another workspace already, or somebody else's.</exception>
    public void Enter(FixedWorkspaceScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (WorkspaceId != Guid.Empty && !scope.Equals(_entered))
            throw new InvalidOperationException("This unit of work belongs to somebody already. Take a scope of its own for another one.");
        _entered = scope;
    }
}

/// <summary>A scope that is what it is.</summary>
public sealed record FixedWorkspaceScope(Guid WorkspaceId, WorkspaceRole Role, string ActorId, string ActorName) : IWorkspaceScope
{
    public const string SystemId = "system";

    public const string SystemName = "Brigade";

    /// <summary>Nobody, nowhere.</summary>
    public static FixedWorkspaceScope None { get; } = new(Guid.Empty, WorkspaceRole.Viewer, "", "");

    /// <summary>Brigade itself at work in a workspace: what grains and background services are.</summary>
    public static FixedWorkspaceScope OfSystem(Guid workspaceId) => new(workspaceId, WorkspaceRole.Owner, SystemId, SystemName);
}
