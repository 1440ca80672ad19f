using System.Runtime.InteropServices;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.Recording;

/// <summary>
/// Where the time of workers goes while they are in no task: between tasks, although there are more, and idle, because there is none for them. Times are monotonic nanoseconds.
/// The time from the end of a worker that was lost until another one has its place is neither.
/// </summary>
internal sealed class WorkerTimes(int workers)
{
    private readonly long[] _firstStart = new long[workers];
    private readonly long[] _firstDue = new long[workers];
    private readonly long[] _lastEnd = new long[workers];
    private long _betweenNs;
    private long _idleNs;

    public void Add(in TaskRecord record)
    {
        ref var last = ref _lastEnd[record.Worker];
        if (last == 0)
        {
            (_firstStart[record.Worker], _firstDue[record.Worker]) = (record.Start, record.Intended);
        }
        else
        {
            var (between, idle) = Gap(last, record.Intended, record.Start);
            _betweenNs += between;
            _idleNs += idle;
        }

        last = Math.Max(last, record.End);
    }

    /// <summary>Another worker has the place of a lost one.</summary>
    public void Replace(int worker, long at)
    {
        // Of one that was lost before its first task, nothing of the time until now counts.
        _firstStart[worker] = _lastEnd[worker] == 0 ? long.MinValue : _firstStart[worker];
        _lastEnd[worker] = Math.Max(_lastEnd[worker], at);
    }

    /// <summary>Sums over the workers within a window that begins no later than the first task and ends no earlier than the last.</summary>
    public WorkerGaps Within(long from, long lengthNs)
    {
        var (betweenNs, idleNs, to) = (_betweenNs, _idleNs, from + lengthNs);
        for (var worker = 0; worker < _lastEnd.Length; worker++)
        {
            if (_lastEnd[worker] != 0 && _firstStart[worker] != long.MinValue)
            {
                var (between, idle) = Gap(from, _firstDue[worker], _firstStart[worker]);
                betweenNs += between;
                idleNs += idle;
            }

            idleNs += Math.Max(0, to - Math.Max(from, _lastEnd[worker]));
        }

        return new WorkerGaps(betweenNs / 1e6, idleNs / 1e6);
    }

    /// <param name="due">When the task was there to be taken; 0 where it always was.</param>
    private static (long BetweenNs, long IdleNs) Gap(long from, long due, long start)
    {
        var ready = Math.Max(from, Math.Min(due, start));
        return (Math.Max(0, start - ready), ready - from);
    }
}

/// <summary>Time of workers in no task, in milliseconds, summed over them.</summary>
/// <param name="BetweenMs">As <see cref="Contracts.Runs.TrialResult.BetweenTasksMs"/>.</param>
/// <param name="IdleMs">As <see cref="Contracts.Runs.TrialResult.IdleMs"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WorkerGaps(double BetweenMs, double IdleMs);
