namespace Brigade.Data.Entities;

/// <summary>What a share link shows.</summary>
public enum ShareKind
{
    /// <summary>One run.</summary>
    Run,

    /// <summary>Runs, or cells of one run, side by side.</summary>
    Comparison,

    /// <summary>The latest completed run of an experiment, whichever that is when somebody looks.</summary>
    Latest,
}

/// <summary>A link by which somebody outside the workspace reads one thing, and nothing else. Only the hash of its token is kept.</summary>
public sealed class ShareLink : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public ShareKind Kind { get; set; }

    /// <summary>Of <see cref="ShareKind.Run"/>.</summary>
    public Guid? RunId { get; set; }

    /// <summary>Of <see cref="ShareKind.Latest"/>.</summary>
    public Guid? ExperimentId { get; set; }

    /// <summary>Of <see cref="ShareKind.Comparison"/>: a JSON list of ids; the first is what the others are compared with.</summary>
    public string Runs { get; set; } = "[]";

    /// <summary>Of <see cref="ShareKind.Comparison"/>: a JSON list of cells of the first run; empty for all.</summary>
    public string Cells { get; set; } = "[]";

    /// <summary>Whether the visitor also reads what was asked (the spec, which may hold code) and on which host.</summary>
    public bool WithSpec { get; set; }

    /// <summary>What it is for, in a few words.</summary>
    public string Note { get; set; } = "";

    /// <summary>SHA-256 of the token, lower-case hexadecimal.</summary>
    public required string TokenHash { get; set; }

    /// <summary>In the form of Identity's hasher; null where the link alone is enough.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Passwords that were tried since <see cref="AttemptsSince"/>.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset AttemptsSince { get; set; }

    /// <summary>Id of who made it.</summary>
    public required string CreatedById { get; set; }

    /// <summary>Name of who made it.</summary>
    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null for no end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When somebody looked last, to the minute; null for never.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }
}
