namespace Brigade.Data.Entities;

/// <summary>A secret that specs can name. Its value is there encrypted only.</summary>
public sealed class StoredSecret : IWorkspaceOwned
{
    public Guid WorkspaceId { get; set; }

    public string Name { get; set; } = "";

    /// <summary>What <see cref="Queries.ISecretCipher"/> made of the value.</summary>
    public string Cipher { get; set; } = "";

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The name that whoever changed it had then.</summary>
    public string ChangedBy { get; set; } = "";

    /// <summary>When a run last got it; null where none did.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
