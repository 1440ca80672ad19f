namespace Brigade.Contracts.Runs;

/// <summary>100 ms of a trial.</summary>
/// <param name="Trial">Index of the trial in the plan.</param>
/// <param name="Number">Position from 0; the frame covers <c>Number * 100</c> to <c>(Number + 1) * 100</c> ms after measuring began.</param>
/// <param name="DurationMs">100, or less for the last frame of a trial.</param>
/// <param name="Tasks">Tasks that ended in the frame, errors included.</param>
/// <param name="P50Ms">Median latency of those tasks, in milliseconds; 0 where none ended.</param>
/// <param name="Histogram">Latencies in nanoseconds as a compressed HdrHistogram (V2, zlib) with 3 digits; empty where no task ended.</param>
/// <param name="CpuUserMs">Processor time in user mode of all processes of the trial within the frame.</param>
/// <param name="MemoryBytes">Resident memory of all processes of the trial at the frame's end.</param>
public sealed record Frame(
    int Trial,
    int Number,
    double DurationMs,
    long Tasks,
    long Errors,
    double P50Ms,
    double P95Ms,
    double P99Ms,
    byte[] Histogram,
    double CpuUserMs,
    double CpuSystemMs,
    long MemoryBytes,
    long SwitchesVoluntary,
    long SwitchesInvoluntary,
    IReadOnlyList<WorkerFrame> Workers)
{
    public const int LengthMs = 100;

    /// <summary>Tasks of the frame one by one, a bounded sample; null where none ended, and in what was recorded before there were any.</summary>
    public TaskSpans? Spans { get; init; }
}

/// <summary>What one worker did within a frame.</summary>
/// <param name="Worker">From 0.</param>
/// <param name="Busy">Share of the frame spent inside tasks, 0 to 1.</param>
/// <param name="Cpu">Share of the frame spent on a processor, 0 to 1; null where the worker has no thread of its own.</param>
public sealed record WorkerFrame(int Worker, WorkerState State, double Busy, double? Cpu, long Tasks);

public enum WorkerState
{
    /// <summary>Has no task.</summary>
    Idle,

    /// <summary>In a task, on a processor.</summary>
    Running,

    /// <summary>In a task, not on a processor: waits for I/O, a lock or the GIL.</summary>
    Waiting,

    /// <summary>Its thread or process has ended.</summary>
    Gone,
}
