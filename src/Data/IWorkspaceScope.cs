using Brigade.Data.Entities;
using Brigade.Data.Errors;

namespace Brigade.Data;

/// <summary>
/// In which workspace a unit of work (a request, a circuit, a call of a hub, a pass in the background) works, as whom, and with which role. The border is here, in the data layer: every query is
/// filtered by it, every new row is stamped with it, and every store asks it before it writes.
/// </summary>
public interface IWorkspaceScope
{
    /// <summary><see cref="Guid.Empty"/> where nobody has entered a workspace: then no row is seen and none is written.</summary>
    Guid WorkspaceId { get; }

    WorkspaceRole Role { get; }

    /// <summary>A user's id, <c>key:…</c>, <c>runner:…</c> or <c>system</c>; empty where nobody has entered.</summary>
    string ActorId { get; }

    string ActorName { get; }
}

public static class WorkspaceScopeExtensions
{
    /// <summary>Whether the role suffices, in a workspace that was entered.</summary>
    public static bool Can(this IWorkspaceScope scope, WorkspaceRole atLeast) => scope.WorkspaceId != Guid.Empty && scope.Role >= atLeast;

    /// <exception cref="NotAllowedException">The role does not suffice, or nobody has entered a workspace.</exception>
    public static void Demand(this IWorkspaceScope scope, WorkspaceRole atLeast)
    {
        if (!scope.Can(atLeast))
            throw new NotAllowedException(atLeast, scope.WorkspaceId == Guid.Empty ? null : scope.Role);
    }
}
