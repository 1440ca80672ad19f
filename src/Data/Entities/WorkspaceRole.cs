namespace Brigade.Data.Entities;

/// <summary>What a member may do in a workspace; each role may do all that those before it may.</summary>
public enum WorkspaceRole
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Creates, runs, decides and comments.</summary>
    Editor,

    /// <summary>Members, invitations, keys, secrets, settings, quotas and the audit log.</summary>
    Admin,

    /// <summary>The roles of admins and owners; the workspace itself: its name, its end, and others beside it.</summary>
    Owner,
}
