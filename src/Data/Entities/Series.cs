namespace Brigade.Data.Entities;

/// <summary>Consecutive frames of one trial, packed by <see cref="Series.FrameCodec"/>.</summary>
public sealed class SeriesSegment : IWorkspaceOwned
{
    public Guid RunId { get; set; }

    public int Trial { get; set; }

    /// <summary>Number of the first frame.</summary>
    public int FirstFrame { get; set; }

    /// <summary>Number of the last frame.</summary>
    public int LastFrame { get; set; }

    public Guid WorkspaceId { get; set; }

    public int FrameCount { get; set; }

    public required byte[] Frames { get; set; }
}

/// <summary>The latency histograms of a whole trial, as the runner sent it. A table of its own, so that lists of trials stay lean.</summary>
public sealed class LatencyHistogram : IWorkspaceOwned
{
    public Guid RunId { get; set; }

    public int Trial { get; set; }

    public Guid WorkspaceId { get; set; }

    public required byte[] Compressed { get; set; }

    /// <summary>Latency from the actual start of an open load's tasks; null for a closed load.</summary>
    public byte[]? Uncorrected { get; set; }
}
