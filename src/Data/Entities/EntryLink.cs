namespace Brigade.Data.Entities;

/// <summary>A link that lets one browser in, once. Above the border between workspaces: it is for a person, or for the first owner.</summary>
public sealed class EntryLink
{
    /// <summary>SHA-256 of the token, lower-case hexadecimal.</summary>
    public required string TokenHash { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Whom it signs in; null for the first owner.</summary>
    public Guid? UserId { get; set; }
}
