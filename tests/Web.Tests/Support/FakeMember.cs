using Brigade.Data;
using Brigade.Data.Entities;

namespace Brigade.Web.Tests.Support;

/// <summary>Somebody of the default workspace, with whatever role a test gives them.</summary>
internal sealed class FakeMember : IWorkspaceScope
{
    public Guid WorkspaceId { get; set; } = Workspace.DefaultId;

    public WorkspaceRole Role { get; set; } = WorkspaceRole.Owner;

    public string ActorId { get; set; } = "u1";

    public string ActorName { get; set; } = "Ada";
}
