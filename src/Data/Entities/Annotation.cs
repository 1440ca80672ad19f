namespace Brigade.Data.Entities;

/// <summary>A reader's remark on an experiment's history, such as "upgraded to Python 3.12".</summary>
public sealed class Annotation : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public Guid ExperimentId { get; set; }

    /// <summary>The moment that it is about.</summary>
    public DateTimeOffset At { get; set; }

    public required string Text { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
