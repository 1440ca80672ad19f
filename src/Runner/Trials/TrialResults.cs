using System.Collections.ObjectModel;
using Brigade.Contracts.Runs;
using Brigade.Runner.Recording;

namespace Brigade.Runner.Trials;

/// <summary>How a trial ended.</summary>
/// <param name="Failure">One line for the user; empty where it completed.</param>
internal sealed record TrialVerdict(TrialStatus Status, string Failure, IReadOnlyList<string>? Warnings = null);

/// <summary>Makes the summary of a trial.</summary>
internal static class TrialResults
{
    /// <summary>Of a trial whose process could not be started.</summary>
    public static TrialResult NotStarted(TrialJob job, string runtime, string failure, TrialStatus status = TrialStatus.Failed) => new()
    {
        Index = job.Trial.Index,
        Cell = job.Trial.Cell,
        Repetition = job.Trial.Repetition,
        Status = status,
        Runtime = runtime,
        Failure = failure,
    };

    public static TrialResult Of(TrialJob job, string runtime, TrialVerdict verdict, TrialSession session, TrialRecorder recorder, TrialNoise noise, long startedAt)
    {
        var totals = recorder.Totals();
        var done = session.Done;
        var result = NotStarted(job, runtime, verdict.Failure, verdict.Status) with
        {
            Tasks = totals.Tasks,
            Errors = totals.Errors,
            Lost = session.Replacements.Lost,
            Replaced = session.Replacements.Count,
            RecoveryMs = session.Replacements.Count > 0 ? session.Replacements.RecoveryNs / 1e6 : null,
            Offered = job.Bounds.Arrivals?.Count,
            Dropped = done?.Dropped ?? 0,
            WallMs = totals.WallMs,
            ThroughputPerSecond = totals.WallMs > 0 ? (totals.Tasks - totals.Errors) / totals.WallMs * 1000 : 0,
            Latency = totals.Latency,
            Uncorrected = totals.Uncorrected,
            SchedulingP99Ms = totals.SchedulingP99Ms,
            CpuUserMs = totals.CpuUserMs,
            CpuSystemMs = totals.CpuSystemMs,
            SwitchesVoluntary = totals.SwitchesVoluntary,
            SwitchesInvoluntary = totals.SwitchesInvoluntary,
            PeakMemoryBytes = totals.PeakMemoryBytes,
            StartupMs = session.ReadyAt > 0 ? (session.ReadyAt - startedAt) / 1e6 : 0,
            SerializationMs = done?.SerializationNs / 1e6,
            ChannelMs = done?.ChannelNs / 1e6,
            Checksum = totals.Tasks > 0 ? done?.Checksum ?? "" : "",
            Figures = done?.Figures ?? ReadOnlyDictionary<string, double>.Empty,
            Warnings = [.. done?.Warnings ?? [], .. session.Replacements.ToSentences(), .. job.FaultsWithoutWorker(), .. verdict.Warnings ?? []],
            TaskErrors = session.Errors,
            Histogram = totals.Histogram,
            UncorrectedHistogram = totals.UncorrectedHistogram,
            OtherLoad = noise.Other(totals.CpuUserMs + totals.CpuSystemMs),
            ThrottledMs = noise.ThrottledMs,
            RunDelayMs = totals.Schedule.RunDelayMs,
            WorkerCpuMs = totals.Schedule.WorkerCpuMs,
            BetweenTasksMs = totals.Gaps?.BetweenMs,
            IdleMs = totals.Gaps?.IdleMs,
            Drift = totals.Drift,
        };
        return result with { Warnings = [.. result.Warnings, .. noise.Sentences(result)] };
    }
}
