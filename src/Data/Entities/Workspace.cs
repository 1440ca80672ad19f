namespace Brigade.Data.Entities;

/// <summary>The border of a team.</summary>
public sealed class Workspace
{
    /// <summary>The workspace that is there from the start.</summary>
    public static readonly Guid DefaultId = new("b51adeb5-0000-4000-8000-000000000001");

    public const int LongestName = 100;

    public Guid Id { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
