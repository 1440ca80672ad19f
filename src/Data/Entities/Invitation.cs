namespace Brigade.Data.Entities;

/// <summary>A link that makes whoever opens it, once, a member. Only the hash of its token is kept.</summary>
public sealed class Invitation : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>Whom it is for; empty for whoever has the link.</summary>
    public string Email { get; set; } = "";

    public WorkspaceRole Role { get; set; }

    /// <summary>SHA-256 of the token, lower-case hexadecimal.</summary>
    public required string TokenHash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Name of who made it.</summary>
    public required string CreatedBy { get; set; }

    /// <summary>When somebody became a member by it; null as long as nobody did.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }
}
