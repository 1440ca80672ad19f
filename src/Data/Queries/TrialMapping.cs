using System.Linq.Expressions;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;

namespace Brigade.Data.Queries;

/// <summary>A trial's result as columns, and back.</summary>
internal static class TrialMapping
{
    /// <summary>From the actual start to the end, whatever the load.</summary>
    private const string UncorrectedKind = "service";

    /// <summary>Everything but the histograms, which are in their own table.</summary>
    public static Expression<Func<Trial, TrialResult>> ToResult { get; } = trial => new TrialResult
    {
        Index = trial.Index,
        Cell = trial.Cell,
        Repetition = trial.Repetition,
        Status = trial.Status,
        Runtime = trial.Runtime,
        Tasks = trial.Tasks,
        Errors = trial.Errors,
        Lost = trial.Lost,
        Offered = trial.Offered,
        Dropped = trial.Dropped,
        Replaced = trial.Replaced,
        RecoveryMs = trial.RecoveryMs,
        WallMs = trial.WallMs,
        ThroughputPerSecond = trial.ThroughputPerSecond,
        Latency = new Latency
        {
            Kind = trial.LatencyKind,
            P50Ms = trial.P50Ms,
            P90Ms = trial.P90Ms,
            P95Ms = trial.P95Ms,
            P99Ms = trial.P99Ms,
            P999Ms = trial.P999Ms,
            MaxMs = trial.MaxMs,
            MeanMs = trial.MeanMs,
        },
        Uncorrected = trial.UncorrectedP50Ms == null ? null : new Latency
        {
            Kind = UncorrectedKind,
            P50Ms = trial.UncorrectedP50Ms ?? 0,
            P90Ms = trial.UncorrectedP90Ms ?? 0,
            P95Ms = trial.UncorrectedP95Ms ?? 0,
            P99Ms = trial.UncorrectedP99Ms ?? 0,
            P999Ms = trial.UncorrectedP999Ms ?? 0,
            MaxMs = trial.UncorrectedMaxMs ?? 0,
            MeanMs = trial.UncorrectedMeanMs ?? 0,
        },
        SchedulingP99Ms = trial.SchedulingP99Ms,
        CpuUserMs = trial.CpuUserMs,
        CpuSystemMs = trial.CpuSystemMs,
        SwitchesVoluntary = trial.SwitchesVoluntary,
        SwitchesInvoluntary = trial.SwitchesInvoluntary,
        PeakMemoryBytes = trial.PeakMemoryBytes,
        StartupMs = trial.StartupMs,
        SerializationMs = trial.SerializationMs,
        ChannelMs = trial.ChannelMs,
        OtherLoad = trial.OtherLoad,
        ThrottledMs = trial.ThrottledMs,
        Drift = trial.Drift,
        Figures = StoredJson.Read<IReadOnlyDictionary<string, double>>(trial.Figures),
        Checksum = trial.Checksum,
        Warnings = StoredJson.Read<IReadOnlyList<string>>(trial.Warnings),
        Failure = trial.Failure,
        TaskErrors = StoredJson.Read<IReadOnlyList<TaskError>>(trial.TaskErrors),
    };

    public static Trial ToRow(TrialResult result, Cell cell, Guid runId, Guid? experimentId, DateTimeOffset now) => new()
    {
        RunId = runId,
        Index = result.Index,
        ExperimentId = experimentId,
        CellKey = CellKey.Of(cell),
        StoredAt = now,
        Cell = result.Cell,
        Repetition = result.Repetition,
        Status = result.Status,
        CellRuntime = StoredText.Clean(cell.Runtime),
        Runtime = StoredText.Clean(result.Runtime),
        Strategy = cell.Strategy,
        Workers = cell.Workers,
        Channel = cell.Channel,
        StartMethod = cell.StartMethod,
        ChunkSize = cell.ChunkSize,
        PayloadBytes = cell.PayloadBytes,
        Params = StoredJson.WriteParams(cell.Params),
        Tasks = result.Tasks,
        Errors = result.Errors,
        Lost = result.Lost,
        Offered = result.Offered,
        Dropped = result.Dropped,
        Replaced = result.Replaced,
        RecoveryMs = result.RecoveryMs,
        WallMs = result.WallMs,
        ThroughputPerSecond = result.ThroughputPerSecond,
        LatencyKind = StoredText.Clean(result.Latency.Kind),
        P50Ms = result.Latency.P50Ms,
        P90Ms = result.Latency.P90Ms,
        P95Ms = result.Latency.P95Ms,
        P99Ms = result.Latency.P99Ms,
        P999Ms = result.Latency.P999Ms,
        MaxMs = result.Latency.MaxMs,
        MeanMs = result.Latency.MeanMs,
        UncorrectedP50Ms = result.Uncorrected?.P50Ms,
        UncorrectedP90Ms = result.Uncorrected?.P90Ms,
        UncorrectedP95Ms = result.Uncorrected?.P95Ms,
        UncorrectedP99Ms = result.Uncorrected?.P99Ms,
        UncorrectedP999Ms = result.Uncorrected?.P999Ms,
        UncorrectedMaxMs = result.Uncorrected?.MaxMs,
        UncorrectedMeanMs = result.Uncorrected?.MeanMs,
        SchedulingP99Ms = result.SchedulingP99Ms,
        CpuUserMs = result.CpuUserMs,
        CpuSystemMs = result.CpuSystemMs,
        SwitchesVoluntary = result.SwitchesVoluntary,
        SwitchesInvoluntary = result.SwitchesInvoluntary,
        PeakMemoryBytes = result.PeakMemoryBytes,
        StartupMs = result.StartupMs,
        SerializationMs = result.SerializationMs,
        ChannelMs = result.ChannelMs,
        OtherLoad = result.OtherLoad,
        ThrottledMs = result.ThrottledMs,
        Drift = result.Drift,
        Figures = StoredJson.Write(new SortedDictionary<string, double>(result.Figures.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)),
        Checksum = StoredText.Clean(result.Checksum),
        Failure = StoredText.Clean(result.Failure),
        Warnings = StoredJson.Write(result.Warnings),
        TaskErrors = StoredJson.Write(result.TaskErrors),
    };
}
