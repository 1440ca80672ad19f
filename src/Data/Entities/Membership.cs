namespace Brigade.Data.Entities;

/// <summary>That a user belongs to a workspace, and what they may do there.</summary>
public sealed class Membership : IWorkspaceOwned
{
    public Guid WorkspaceId { get; set; }

    public Guid UserId { get; set; }

    public WorkspaceRole Role { get; set; }

    public DateTimeOffset Since { get; set; }
}
