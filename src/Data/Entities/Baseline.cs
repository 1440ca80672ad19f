namespace Brigade.Data.Entities;

/// <summary>The run that others of its experiment are compared with.</summary>
public sealed class Baseline : IWorkspaceOwned
{
    public Guid ExperimentId { get; set; }

    /// <summary>The runs it is for: those with this tag; empty for all of the experiment.</summary>
    public required string Tag { get; set; }

    public Guid WorkspaceId { get; set; }

    public Guid RunId { get; set; }

    public DateTimeOffset PinnedAt { get; set; }

    public string Note { get; set; } = "";
}
