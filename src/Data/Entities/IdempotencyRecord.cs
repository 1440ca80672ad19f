namespace Brigade.Data.Entities;

/// <summary>A request that must not be done twice, and what it answered.</summary>
public sealed class IdempotencyRecord : IWorkspaceOwned
{
    public Guid WorkspaceId { get; set; }

    /// <summary>Who asked: two callers may use the same key.</summary>
    public required string ActorId { get; set; }

    /// <summary>What the client calls it.</summary>
    public required string Key { get; set; }

    /// <summary>SHA-256 of what was asked for and with which body, lower-case hexadecimal.</summary>
    public required string Fingerprint { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Status of the answer; null while the request is under way.</summary>
    public int? Status { get; set; }

    public string ContentType { get; set; } = "";

    /// <summary>Header of the answer; empty where it has none.</summary>
    public string Location { get; set; } = "";

    public byte[] Body { get; set; } = [];
}
