using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The warm-up or the measured part of a trial: some workers use up one quota.</summary>
internal sealed class Phase(Quota quota, bool isRecorded, int workers)
{
    private readonly ManualResetEventSlim _ended = new(initialState: false, spinCount: 0);
    private int _running = workers;
    private Exception? _failure;

    public Quota Quota { get; } = quota;

    /// <summary>Whether its tasks are measured.</summary>
    public bool IsRecorded { get; } = isRecorded;

    /// <summary>When the last worker ended, in nanoseconds of the monotonic clock.</summary>
    public long EndedAt { get; private set; }

    /// <summary>A worker has ended its last task of the phase.</summary>
    public void WorkerEnded()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            EndedAt = Stopwatch.GetTimestamp();
            _ended.Set();
        }
    }

    /// <summary>The phase cannot go on; the first reason counts.</summary>
    public void Fail(Exception reason)
    {
        Interlocked.CompareExchange(ref _failure, reason, null);
        _ended.Set();
    }

    /// <summary>Waits for the end; false after so many milliseconds (-1: without end) without it.</summary>
    public bool WaitForEnd(int milliseconds)
    {
        if (!_ended.Wait(milliseconds))
        {
            return false;
        }

        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return true;
    }
}
