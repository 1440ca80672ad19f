using System.Diagnostics;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// <c>deadlock</c>: tasks take two locks, every other task in the opposite order, so that two of them soon wait for each other for
/// ever. A task that has its first lock waits a moment until another task has the other lock: then the deadlock is certain. That needs two
/// workers, which are not coroutines of one loop: with one, and in <c>async</c>, each task ends before the next one begins.
/// </summary>
internal sealed class Deadlock(KernelSettings settings) : IKernel
{
    private const long LookNs = 200_000;

    private readonly long _patience = settings.Milliseconds("holdMilliseconds");
    private readonly WatchedLocks _locks = new(settings.Scratch, settings.Worker);

    public ulong Run(long index)
    {
        var first = _locks.IsArmed ? (int)(index % 2) : 0;
        var second = 1 - first;
        _locks.Enter(first);
        if (_locks.IsArmed)
        {
            Meet(second);
        }

        _locks.Enter(second);
        _locks.Exit(second);
        _locks.Exit(first);
        return 0;
    }

    /// <summary>Waits until another task holds the other lock, which it has taken first, so that it will want ours.</summary>
    private void Meet(int other)
    {
        var until = Stopwatch.GetTimestamp() + _patience;
        for (var now = Stopwatch.GetTimestamp(); !_locks.IsHeld(other) && now < until; now = Stopwatch.GetTimestamp())
        {
            Native.SleepUntil(now + LookNs);
        }
    }
}
