namespace Brigade.Web.Cluster;

/// <summary>The control plane's times; configuration section <c>Brigade:Cluster</c>.</summary>
public sealed class ControlPlaneOptions
{
    /// <summary>How long a runner may be gone before its run is lost.</summary>
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long measured frames may wait before they are committed.</summary>
    public TimeSpan CommitAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a runner may take to confirm a cancellation.</summary>
    public TimeSpan CancelAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long to wait before a failed commit is tried again.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often grains look at the clock.</summary>
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether this server is one of several nodes; set by where the others reach it.</summary>
    internal bool HasOtherNodes { get; set; }

    /// <summary>How long a node may say nothing of its runners before they count as gone; null where the only node says it as it happens.</summary>
    public TimeSpan? SilentAfter { get; set; }

    /// <summary>How often to look whether this server still has its PostgreSQL database to itself.</summary>
    public TimeSpan HoldEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most events that wait for a commit; more are refused, and the runner keeps them.</summary>
    public int MaximumPending { get; set; } = 20_000;

    /// <summary>Most bytes of events that wait for a commit, unless a single batch is larger.</summary>
    public long MaximumPendingBytes { get; set; } = 64 * 1024 * 1024;
}
