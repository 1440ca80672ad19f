using System.Diagnostics;
using System.Runtime.InteropServices;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>One task of an open load and when it is meant to start, in nanoseconds of the monotonic clock.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Arrival(long Index, long IntendedAt);

/// <summary>
/// The one schedule that all workers of an open load take their tasks from. An arrival is in flight from its time until its task has ended, whether it waits for a worker
/// or is in one; what arrives while <paramref name="most"/> are in flight is dropped. Nobody has to watch the clock for that: between two calls the number in flight can
/// only grow by arrivals, so the next call counts what arrived since, exactly.
/// </summary>
/// <param name="begin">When measuring began, in nanoseconds of the monotonic clock.</param>
/// <param name="most">The most that may be in flight; at least the number of workers.</param>
/// <param name="clock">The monotonic clock in nanoseconds.</param>
internal sealed class Arrivals(ArrivalSchedule schedule, long begin, int most, Func<long>? clock = null)
{
    private readonly Func<long> _now = clock ?? Stopwatch.GetTimestamp;
    private readonly Lock _lock = new();
    private readonly Queue<(long First, long Count)> _waiting = new();
    private long _takenOfFirst;
    private long _next;
    private long _inFlight;
    private long _dropped;

    /// <summary>Arrivals that were not let in.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
            {
                return _dropped;
            }
        }
    }

    /// <summary>
    /// Gives a worker its next task: the one that waits longest, or else the next to arrive, for which the worker waits until <see cref="Arrival.IntendedAt"/>.
    /// False when there is none any more.
    /// </summary>
    /// <param name="hasEnded">Whether the worker's last task has just ended.</param>
    public bool TryTake(bool hasEnded, out Arrival arrival)
    {
        lock (_lock)
        {
            Admit(_now());
            if (hasEnded)
            {
                _inFlight--;
            }

            if (_waiting.TryPeek(out var range))
            {
                arrival = new Arrival(range.First + _takenOfFirst, begin + schedule.At(range.First + _takenOfFirst));
                if (++_takenOfFirst == range.Count)
                {
                    _waiting.Dequeue();
                    _takenOfFirst = 0;
                }

                return true;
            }

            arrival = _next < schedule.Count ? new Arrival(_next, begin + schedule.At(_next)) : default;
            if (_next >= schedule.Count)
            {
                return false;
            }

            _next++;
            _inFlight++;
            return true;
        }
    }

    /// <summary>A task has ended, and its worker does not take another one now.</summary>
    public void End()
    {
        lock (_lock)
        {
            Admit(_now());
            _inFlight--;
        }
    }

    /// <summary>Lets in or drops what has arrived since the last call.</summary>
    private void Admit(long now)
    {
        var arrived = schedule.DueBy(now - begin) - _next;
        if (arrived <= 0)
        {
            return;
        }

        var admitted = Math.Min(arrived, Math.Max(0, most - _inFlight));
        if (admitted > 0)
        {
            _waiting.Enqueue((_next, admitted));
            _inFlight += admitted;
        }

        _dropped += arrived - admitted;
        _next += arrived;
    }
}
