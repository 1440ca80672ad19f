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
        Offered = trial.Offered,
        Dropped = trial.Dropped,
        Replaced = trial.Replaced,
        RecoveryMs = trial.RecoveryMs,
        WallMs = trial.WallMs,
        ThroughputPerSecond = trial.ThroughputPerSecond,
        Latency = trial.Latency,
        Uncorrected = trial.Uncorrected,
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
        RunDelayMs = trial.RunDelayMs,
        WorkerCpuMs = trial.WorkerCpuMs,
        BetweenTasksMs = trial.BetweenTasksMs,
        IdleMs = trial.IdleMs,
        Drift = trial.Drift,
        Figures = trial.Figures,
        Checksum = trial.Checksum,
        Failure = trial.Failure,
        Warnings = trial.Warnings,
        TaskErrors = trial.TaskErrors,
    };
}
