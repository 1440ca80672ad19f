using System.Text.Json.Nodes;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Runs;

/// <summary>The result of a run as <c>brigade run --json</c> writes it and <c>GET /api/v1/runs/{id}/result</c> answers it.</summary>
public sealed record RunResult
{
    public int Version { get; init; } = 1;

    public required string Name { get; init; }

    public required RunStatus Status { get; init; }

    public required int Seed { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>What the spec said besides the matrix, each value by its path, such as <c>load.duration</c>: what has to be equal for two results to be compared. Long texts are hashed. Empty in results of before it was stored.</summary>
    public IReadOnlyDictionary<string, string> Conditions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required IReadOnlyList<TrialRow> Trials { get; init; }

    public required IReadOnlyList<CellResult> Cells { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<ThresholdOutcome> Thresholds { get; init; }

    /// <summary>Null where too little was measured to say anything.</summary>
    public Advice? Advice { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A trial in the result: its cell's coordinates and its summary, in one flat object.</summary>
public sealed record TrialRow
{
    public required int Index { get; init; }

    public required string Runtime { get; init; }

    public required Strategy Strategy { get; init; }

    public required int Workers { get; init; }

    public Channel? Channel { get; init; }

    public StartMethod? StartMethod { get; init; }

    public int? ChunkSize { get; init; }

    public int PayloadBytes { get; init; }

    public required IReadOnlyDictionary<string, ParameterValue> Params { get; init; }

    public required int Repetition { get; init; }

    public required TrialStatus Status { get; init; }

    public long Tasks { get; init; }

    public long Errors { get; init; }

    public long Lost { get; init; }

    /// <summary>Arrivals that an open load had; null for a closed load.</summary>
    public long? Offered { get; init; }

    /// <summary>Arrivals that were not started, because <c>load.maxInFlight</c> others were under way.</summary>
    public long Dropped { get; init; }

    /// <summary>Workers that were lost and replaced.</summary>
    public int Replaced { get; init; }

    /// <summary>From the end of each lost worker until a new one had its place, summed; null where none was lost.</summary>
    public double? RecoveryMs { get; init; }

    public double WallMs { get; init; }

    public double ThroughputPerSecond { get; init; }

    public required Latency Latency { get; init; }

    /// <summary>For open load, latency from the actual start; null for closed load.</summary>
    public Latency? Uncorrected { get; init; }

    /// <summary>How late tasks started at the 99th percentile; null for closed load.</summary>
    public double? SchedulingP99Ms { get; init; }

    public double CpuUserMs { get; init; }

    public double CpuSystemMs { get; init; }

    public long SwitchesVoluntary { get; init; }

    public long SwitchesInvoluntary { get; init; }

    public long PeakMemoryBytes { get; init; }

    public double StartupMs { get; init; }

    /// <summary>Time spent turning tasks and results into bytes and back; null where it was not measured.</summary>
    public double? SerializationMs { get; init; }

    /// <summary>Time spent in channels between processes; null where it was not measured.</summary>
    public double? ChannelMs { get; init; }

    /// <summary>Processors that were busy with other work meanwhile; null where it was not measured.</summary>
    public double? OtherLoad { get; init; }

    /// <summary>How long the control group's quota kept the trial from running; null where there is no quota.</summary>
    public double? ThrottledMs { get; init; }

    /// <inheritdoc cref="TrialResult.RunDelayMs"/>
    public double? RunDelayMs { get; init; }

    /// <inheritdoc cref="TrialResult.WorkerCpuMs"/>
    public double? WorkerCpuMs { get; init; }

    /// <inheritdoc cref="TrialResult.BetweenTasksMs"/>
    public double? BetweenTasksMs { get; init; }

    /// <inheritdoc cref="TrialResult.IdleMs"/>
    public double? IdleMs { get; init; }

    /// <summary>Throughput of the last third over that of the first third, minus 1; null where the trial is too short to tell.</summary>
    public double? Drift { get; init; }

    /// <summary>A workload's own figures by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public string Checksum { get; init; } = "";

    public string Failure { get; init; } = "";

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<TaskError> TaskErrors { get; init; } = [];

    /// <summary>Latencies in nanoseconds as a compressed HdrHistogram (V2, zlib; base64 in JSON); null where it was not asked for or there is none.</summary>
    public byte[]? Histogram { get; init; }

    /// <summary>The same for <see cref="Uncorrected"/>.</summary>
    public byte[]? UncorrectedHistogram { get; init; }
}

/// <summary>All repetitions of a cell together.</summary>
/// <param name="Completed">Repetitions that completed; the figures are over these.</param>
/// <param name="Speedup">Median throughput over the median of the same runtime's and parameters' sequential cell; else of its one-worker cell of the same strategy; null where neither was measured.</param>
/// <param name="Efficiency"><see cref="Speedup"/> over the worker count; null where there is no speed-up.</param>
public sealed record CellResult(Cell Cell, int Completed, CellFigures Median, CellInterval Interval, double? Speedup, double? Efficiency)
{
    /// <summary>Where the time of its workers went; null where that was not measured.</summary>
    public CellCosts? Costs { get; init; }
}

/// <summary>Medians over the completed repetitions of a cell; 0 where none completed, and null where none tells the figure, as imported ones may.</summary>
/// <param name="CpuUtilisation">Processors used on average: CPU time over wall time, for example 1.9 of 2.</param>
public sealed record CellFigures(double ThroughputPerSecond, double? P50Ms, double? P95Ms, double? P99Ms, double CpuUtilisation, double PeakMemoryBytes, double StartupMs);

/// <summary>95 % interval of the median throughput; both ends equal where only one repetition completed.</summary>
public sealed record CellInterval(double Low, double High);

/// <summary>What the measurement shows, in the subject's words.</summary>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Evidence">The figures it rests on.</param>
public sealed record Finding(string Id, string Severity, string Text, JsonObject Evidence);

/// <summary>Whether one threshold held in one cell.</summary>
/// <param name="Cell">Index into <see cref="RunResult.Cells"/>.</param>
/// <param name="Actual">The measured value, in the threshold's own unit; null where the cell has none, because no repetition completed or no task succeeded, so that the threshold does not hold.</param>
public sealed record ThresholdOutcome(string Threshold, int Cell, bool Holds, double? Actual);
