using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis;

/// <summary>A trial and its cell as one flat row.</summary>
internal static class RowMapper
{
    public static TrialRow ToRow(TrialResult trial, Cell cell) => new()
    {
        Index = trial.Index,
        Runtime = trial.Runtime.Length > 0 ? trial.Runtime : cell.Runtime,
        Strategy = cell.Strategy,
        Workers = cell.Workers,
        Channel = cell.Channel,
        StartMethod = cell.StartMethod,
        ChunkSize = cell.ChunkSize,
        PayloadBytes = cell.PayloadBytes,
        Params = cell.Params,
        Repetition = trial.Repetition,
        Status = trial.Status,
        Tasks = trial.Tasks,
        Errors = trial.Errors,
        Lost = trial.Lost,
        WallMs = trial.WallMs,
        ThroughputPerSecond = trial.ThroughputPerSecond,
        Latency = trial.Latency,
        CpuUserMs = trial.CpuUserMs,
        CpuSystemMs = trial.CpuSystemMs,
        SwitchesVoluntary = trial.SwitchesVoluntary,
        SwitchesInvoluntary = trial.SwitchesInvoluntary,
        PeakMemoryBytes = trial.PeakMemoryBytes,
        StartupMs = trial.StartupMs,
        SerializationMs = trial.SerializationMs,
        ChannelMs = trial.ChannelMs,
        Checksum = trial.Checksum,
        Failure = trial.Failure,
        Warnings = trial.Warnings,
        TaskErrors = trial.TaskErrors,
    };
}
