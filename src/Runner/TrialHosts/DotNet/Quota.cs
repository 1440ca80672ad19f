using System.Diagnostics;
using System.Runtime.InteropServices;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The tasks of one phase, handed out by index to any number of threads.</summary>
internal sealed class Quota
{
    // The counter is written by every worker for every task: it has its cache line to itself.
    private PaddedCounter _next;
    private long _limit;

    private Quota(long limit, long deadline, Arrivals? arrivals = null) => (_limit, Deadline, Arrivals) = (limit, deadline, arrivals);

    /// <summary>What the tasks are taken from where the load is open; else null, and they are taken from here.</summary>
    public Arrivals? Arrivals { get; }

    /// <summary>When no task may start any more, in nanoseconds of the monotonic clock.</summary>
    public long Deadline { get; }

    /// <summary>How many tasks were asked for so far; may be above the limit.</summary>
    public long Taken => Volatile.Read(ref _next.Value);

    /// <summary>The tasks of a load that starts at the given time.</summary>
    public static Quota Of(TrialLoad load, long start) => load.Schedule() is { } schedule
        ? new Quota(0, long.MaxValue, new Arrivals(schedule, start, load.MaxInFlight!.Value))
        : load.Tasks is { } tasks ? new Quota(tasks, long.MaxValue)
        : new Quota(long.MaxValue, start + (long)(load.DurationMs!.Value * 1_000_000));

    /// <summary>Tasks without end, until <see cref="Close"/>.</summary>
    public static Quota Open() => new(long.MaxValue, long.MaxValue);

    /// <summary>Hands out no task any more.</summary>
    public void Close() => Volatile.Write(ref _limit, 0);

    public bool TryTake(out long index)
    {
        index = Interlocked.Increment(ref _next.Value) - 1;
        return index < Volatile.Read(ref _limit);
    }

    /// <summary>Hands out up to <paramref name="wanted"/> tasks with consecutive indices.</summary>
    public bool TryTake(int wanted, out long first, out int taken)
    {
        first = Interlocked.Add(ref _next.Value, wanted) - wanted;
        taken = (int)Math.Clamp(Volatile.Read(ref _limit) - first, 0, wanted);
        return taken > 0 && Stopwatch.GetTimestamp() < Deadline;
    }

    /// <summary>How many tasks are left; a great number for a duration.</summary>
    public long Left => Math.Max(0, Volatile.Read(ref _limit) - Taken);
}

/// <summary>A counter off its neighbours' cache lines (two on each side, because processors fetch pairs).</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedCounter
{
    [FieldOffset(128)]
    public long Value;
}
