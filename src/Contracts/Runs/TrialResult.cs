using System.Collections.ObjectModel;

namespace Brigade.Contracts.Runs;

/// <summary>Summary of one trial. Times are doubles in the unit that the name ends with; warm-up and start-up are in none but <see cref="StartupMs"/>.</summary>
public sealed record TrialResult
{
    /// <summary>Position in the order of execution, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Index of the cell in the plan.</summary>
    public required int Cell { get; init; }

    public required int Repetition { get; init; }

    public required TrialStatus Status { get; init; }

    /// <summary>The runtime that was used, resolved: <c>python3.11</c> where the spec said <c>python</c>; as in the spec where it was not found.</summary>
    public required string Runtime { get; init; }

    /// <summary>Tasks that ended, errors included.</summary>
    public long Tasks { get; init; }

    /// <summary>Tasks that ended with an error.</summary>
    public long Errors { get; init; }

    /// <summary>Tasks that were handed out and never came back.</summary>
    public long Lost { get; init; }

    /// <summary>Arrivals that an open load had; null for a closed load. Each one ended, was lost or was dropped.</summary>
    public long? Offered { get; init; }

    /// <summary>Arrivals of an open load that were not started, because <c>load.maxInFlight</c> others were under way.</summary>
    public long Dropped { get; init; }

    /// <summary>Workers that were lost and replaced.</summary>
    public int Replaced { get; init; }

    /// <summary>From the end of each lost worker until a new one had its place, summed; null where none was lost.</summary>
    public double? RecoveryMs { get; init; }

    /// <summary>From the start of the first task to the end of the last; for open load from the first arrival to the end of the schedule or of the last task, whichever is later.</summary>
    public double WallMs { get; init; }

    /// <summary>Tasks that ended without error per second of <see cref="WallMs"/>.</summary>
    public double ThroughputPerSecond { get; init; }

    public Latency Latency { get; init; } = new();

    /// <summary>For open load, latency from the actual start beside <see cref="Latency"/> from the intended one: what a measurement with coordinated omission would show. Null for closed load.</summary>
    public Latency? Uncorrected { get; init; }

    /// <summary>How late tasks started at the 99th percentile: actual minus intended start; null for closed load.</summary>
    public double? SchedulingP99Ms { get; init; }

    public double CpuUserMs { get; init; }

    public double CpuSystemMs { get; init; }

    public long SwitchesVoluntary { get; init; }

    public long SwitchesInvoluntary { get; init; }

    public long PeakMemoryBytes { get; init; }

    /// <summary>From the start of the trial's process until its workers were ready to work; warm-up not included.</summary>
    public double StartupMs { get; init; }

    /// <summary>Time spent turning tasks and results into bytes and back; null where it was not measured.</summary>
    public double? SerializationMs { get; init; }

    /// <summary>Time spent in channels between processes; null where it was not measured.</summary>
    public double? ChannelMs { get; init; }

    /// <summary>Processors that were busy with other work while the trial was measured; null where it was not measured.</summary>
    public double? OtherLoad { get; init; }

    /// <summary>How long the control group's quota kept its processes from running while the trial was measured; null where there is no quota.</summary>
    public double? ThrottledMs { get; init; }

    /// <summary>How long the trial's threads were ready to run and had no processor while it was measured, summed over them; null where the kernel does not tell.</summary>
    public double? RunDelayMs { get; init; }

    /// <summary>Processor time of the workers' own threads while measured, summed over them; null where they have none of their own.</summary>
    public double? WorkerCpuMs { get; init; }

    /// <summary>How long workers had no task while there were more, summed over them: from the end of a task, or from when one was due, to the start of the next; null where it was not measured.</summary>
    public double? BetweenTasksMs { get; init; }

    /// <summary>How long there was no task for workers, summed over them: after their last one, and in an open load until the next arrival; null where it was not measured.</summary>
    public double? IdleMs { get; init; }

    /// <summary>Throughput of the last third over that of the first third of the measured time, minus 1: -0.2 where it fell by a fifth; null where the trial is too short to tell.</summary>
    public double? Drift { get; init; }

    /// <summary>16 hexadecimal digits: the sum modulo 2^64 of the tasks' results, so independent of their order. Empty where nothing ended.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>A workload's own numbers by name, such as <c>lostUpdates</c>; a name ends with its unit where it has one.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>What is doubtful about the measurement, in plain sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the trial failed, in one line a user understands; empty where it did not.</summary>
    public string Failure { get; init; } = "";

    /// <summary>The first errors that tasks raised, whole tracebacks, bounded in number and size.</summary>
    public IReadOnlyList<TaskError> TaskErrors { get; init; } = [];

    /// <summary>Latencies in nanoseconds as a compressed HdrHistogram (V2, zlib) with 3 digits; empty where no task ended.</summary>
    public byte[] Histogram { get; init; } = [];

    /// <summary>The same for <see cref="Uncorrected"/>; empty for closed load.</summary>
    public byte[] UncorrectedHistogram { get; init; } = [];
}

/// <summary>Latency percentiles in milliseconds; null where nothing ended, or another tool, whose results were imported, did not tell.</summary>
public sealed record Latency
{
    /// <summary><c>service</c> for closed load (from the actual start), <c>response</c> for open load (from the intended start).</summary>
    public string Kind { get; init; } = "service";

    public double? P50Ms { get; init; }

    public double? P90Ms { get; init; }

    public double? P95Ms { get; init; }

    public double? P99Ms { get; init; }

    public double? P999Ms { get; init; }

    public double? MaxMs { get; init; }

    public double? MeanMs { get; init; }
}

public sealed record TaskError(long Index, int Worker, string Message, string Traceback);
