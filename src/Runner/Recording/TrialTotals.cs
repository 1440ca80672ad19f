using Brigade.Contracts.Runs;

namespace Brigade.Runner.Recording;

/// <summary>What the measured part of a trial amounts to. <see cref="WallMs"/> is as that of a trial's result.</summary>
internal sealed record TrialTotals(
    long Tasks,
    long Errors,
    double WallMs,
    Latency Latency,
    double CpuUserMs,
    double CpuSystemMs,
    long SwitchesVoluntary,
    long SwitchesInvoluntary,
    long PeakMemoryBytes,
    byte[] Histogram,
    Latency? Uncorrected,
    byte[] UncorrectedHistogram,
    double? SchedulingP99Ms,
    double? Drift)
{
    /// <summary>What the scheduler says of its workers.</summary>
    public ScheduleTotals Schedule { get; init; } = new(null, null);

    /// <summary>What its workers did between tasks; null where no task ended.</summary>
    public WorkerGaps? Gaps { get; init; }

    /// <summary>Of a trial that ended before measuring began.</summary>
    public static TrialTotals None { get; } = new(0, 0, 0, new Latency(), 0, 0, 0, 0, 0, [], null, [], null, null);
}
