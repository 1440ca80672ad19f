namespace Brigade.Data.Entities;

/// <summary>What the bearer of a key may do.</summary>
public enum ApiKeyScope
{
    /// <summary>As a viewer.</summary>
    Read,

    /// <summary>As an editor.</summary>
    Write,

    /// <summary>As an admin.</summary>
    Admin,

    /// <summary>Connect a runner, and nothing else.</summary>
    Runner,
}

/// <summary>A key of a program. It belongs to the workspace and not to who made it, so that pipelines go on when somebody leaves. Only its hash is kept.</summary>
public sealed class ApiKey : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>What it is for.</summary>
    public required string Name { get; set; }

    /// <summary>How it begins, to know it again.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the key, lower-case hexadecimal. A key is 256 random bits: there is nothing to guess, so a slow hash would gain nothing.</summary>
    public required string Hash { get; set; }

    public ApiKeyScope Scope { get; set; }

    /// <summary>Name of who made it.</summary>
    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>To the minute; null where it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Null while it is good.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
