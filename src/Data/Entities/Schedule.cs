namespace Brigade.Data.Entities;

/// <summary>Runs an experiment again and again, by the clock.</summary>
public sealed class Schedule : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public Guid ExperimentId { get; set; }

    /// <summary>Five fields: minute, hour, day of the month, month, day of the week.</summary>
    public required string Cron { get; set; }

    /// <summary>IANA name of the zone whose clock counts.</summary>
    public required string TimeZone { get; set; }

    public bool IsEnabled { get; set; }

    /// <summary>When it runs next; null where it is paused, or there is no such time. Whoever moves it on queues the run: that is what keeps two nodes from doing it twice.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>The run that it began last; null for none, or one that was deleted.</summary>
    public Guid? LastRunId { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    public DateTimeOffset? SkippedAt { get; set; }

    /// <summary>Why it began no run at <see cref="SkippedAt"/>.</summary>
    public string SkipReason { get; set; } = "";

    /// <summary>Name of who made it.</summary>
    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
