using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Data.Entities;

/// <summary>A trial that ended: its cell's coordinates and its summary as real columns, so that questions over many runs are queries.</summary>
public sealed class Trial : IWorkspaceOwned
{
    public Guid RunId { get; set; }

    public int Index { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>The run's experiment once more, so that a cell's history is one range of one index.</summary>
    public Guid? ExperimentId { get; set; }

    /// <summary>Equal for equal coordinates and parameters, in every run; see <see cref="Contracts.Plan.CellKey"/>.</summary>
    public required string CellKey { get; set; }

    /// <summary>When the trial was committed.</summary>
    public DateTimeOffset StoredAt { get; set; }

    public int Cell { get; set; }

    public int Repetition { get; set; }

    public TrialStatus Status { get; set; }

    /// <summary>As the spec names it.</summary>
    public required string CellRuntime { get; set; }

    /// <summary>The one that was used.</summary>
    public required string Runtime { get; set; }

    public Strategy Strategy { get; set; }

    public int Workers { get; set; }

    public Channel? Channel { get; set; }

    public StartMethod? StartMethod { get; set; }

    public int? ChunkSize { get; set; }

    public int PayloadBytes { get; set; }

    /// <summary>All parameters of the cell, a JSON object with its names in order.</summary>
    public required string Params { get; set; }

    public long Tasks { get; set; }

    public long Errors { get; set; }

    public long Lost { get; set; }

    /// <summary>Null for a closed load.</summary>
    public long? Offered { get; set; }

    public long Dropped { get; set; }

    public int Replaced { get; set; }

    /// <summary>Null where no worker was lost.</summary>
    public double? RecoveryMs { get; set; }

    public double WallMs { get; set; }

    public double ThroughputPerSecond { get; set; }

    public required string LatencyKind { get; set; }

    /// <summary>As the others of its kind, null where an import does not tell it.</summary>
    public double? P50Ms { get; set; }

    public double? P90Ms { get; set; }

    public double? P95Ms { get; set; }

    public double? P99Ms { get; set; }

    public double? P999Ms { get; set; }

    public double? MaxMs { get; set; }

    public double? MeanMs { get; set; }

    /// <summary>Latency from the actual start, as the others of its kind; all null for a closed load.</summary>
    public double? UncorrectedP50Ms { get; set; }

    public double? UncorrectedP90Ms { get; set; }

    public double? UncorrectedP95Ms { get; set; }

    public double? UncorrectedP99Ms { get; set; }

    public double? UncorrectedP999Ms { get; set; }

    public double? UncorrectedMaxMs { get; set; }

    public double? UncorrectedMeanMs { get; set; }

    /// <summary>Null for a closed load.</summary>
    public double? SchedulingP99Ms { get; set; }

    public double CpuUserMs { get; set; }

    public double CpuSystemMs { get; set; }

    public long SwitchesVoluntary { get; set; }

    public long SwitchesInvoluntary { get; set; }

    public long PeakMemoryBytes { get; set; }

    public double StartupMs { get; set; }

    /// <summary>Null where it was not measured.</summary>
    public double? SerializationMs { get; set; }

    /// <summary>Null where it was not measured.</summary>
    public double? ChannelMs { get; set; }

    /// <summary>Null where it was not measured.</summary>
    public double? OtherLoad { get; set; }

    /// <summary>Null where there is no quota.</summary>
    public double? ThrottledMs { get; set; }

    /// <summary>Null where the kernel does not tell.</summary>
    public double? RunDelayMs { get; set; }

    /// <summary>Null where workers have no thread of their own.</summary>
    public double? WorkerCpuMs { get; set; }

    /// <summary>Null where it was not measured.</summary>
    public double? BetweenTasksMs { get; set; }

    /// <summary>Null where it was not measured.</summary>
    public double? IdleMs { get; set; }

    /// <summary>Null where the trial is too short to tell.</summary>
    public double? Drift { get; set; }

    /// <summary>A JSON object of numbers, its names in order.</summary>
    public required string Figures { get; set; }

    public required string Checksum { get; set; }

    public required string Failure { get; set; }

    /// <summary>A JSON list of sentences.</summary>
    public required string Warnings { get; set; }

    /// <summary>A JSON list of <see cref="TaskError"/>.</summary>
    public required string TaskErrors { get; set; }
}
