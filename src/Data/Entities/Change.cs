namespace Brigade.Data.Entities;

public enum ChangeMetric
{
    Throughput,
    P99,
}

public enum ChangeState
{
    /// <summary>Nobody has said anything about it yet.</summary>
    Open,

    /// <summary>It is real and known: the new level is the normal one.</summary>
    Accepted,

    /// <summary>It is no change at all.</summary>
    Noise,

    /// <summary>Later runs show that it was none; nobody had said anything about it.</summary>
    Withdrawn,
}

/// <summary>A shift of the level of one cell on one machine: one row per shift, ever.</summary>
public sealed class Change : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public Guid ExperimentId { get; set; }

    public required string CellKey { get; set; }

    public ChangeMetric Metric { get; set; }

    public required string MachineKey { get; set; }

    /// <summary>The first run of the new level.</summary>
    public Guid RunId { get; set; }

    /// <summary>When <see cref="RunId"/> ended.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The last run of the level before.</summary>
    public Guid? RunBefore { get; set; }

    /// <summary>The level before, in the metric's unit: tasks per second or milliseconds.</summary>
    public double Before { get; set; }

    public double After { get; set; }

    /// <summary>The shift over <see cref="Before"/>: -0.2 where it fell by a fifth.</summary>
    public double RelativeShift { get; set; }

    /// <summary>0 to 1.</summary>
    public double Confidence { get; set; }

    public ChangeState State { get; set; }

    /// <summary>What a reader wrote when they decided.</summary>
    public string Note { get; set; } = "";

    public DateTimeOffset FoundAt { get; set; }

    /// <summary>Whether it is for the worse: throughput that fell, or latency that rose.</summary>
    public bool IsRegression => Metric == ChangeMetric.Throughput ? RelativeShift < 0 : RelativeShift > 0;

    /// <summary>When the state last changed; null while it is as it was found.</summary>
    public DateTimeOffset? DecidedAt { get; set; }
}

/// <summary>A run that ended and whose experiment's trends have not been looked at since. Written with the end and deleted once they have been, so that a restart forgets none.</summary>
public sealed class ExaminationDue : IWorkspaceOwned
{
    public Guid RunId { get; set; }

    public Guid WorkspaceId { get; set; }

    public DateTimeOffset Since { get; set; }
}
