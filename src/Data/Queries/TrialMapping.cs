using System.Linq.Expressions;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;

namespace Brigade.Data.Queries;

/// <summary>A trial's result as columns, and back.</summary>
internal static class TrialMapping
{
    /// <summary>Everything but the histogram, which is in its own table.</summary>
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
        CpuUserMs = trial.CpuUserMs,
        CpuSystemMs = trial.CpuSystemMs,
        SwitchesVoluntary = trial.SwitchesVoluntary,
        SwitchesInvoluntary = trial.SwitchesInvoluntary,
        PeakMemoryBytes = trial.PeakMemoryBytes,
        StartupMs = trial.StartupMs,
        SerializationMs = trial.SerializationMs,
        ChannelMs = trial.ChannelMs,
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
        CpuUserMs = result.CpuUserMs,
        CpuSystemMs = result.CpuSystemMs,
        SwitchesVoluntary = result.SwitchesVoluntary,
        SwitchesInvoluntary = result.SwitchesInvoluntary,
        PeakMemoryBytes = result.PeakMemoryBytes,
        StartupMs = result.StartupMs,
        SerializationMs = result.SerializationMs,
        ChannelMs = result.ChannelMs,
        Checksum = StoredText.Clean(result.Checksum),
        Failure = StoredText.Clean(result.Failure),
        Warnings = StoredJson.Write(result.Warnings),
        TaskErrors = StoredJson.Write(result.TaskErrors),
    };
}
