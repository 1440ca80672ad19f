using System.Diagnostics;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// A single-threaded event loop: continuations of everything that is awaited on its thread run on its thread, one after the other.
/// Timers are the loop's own, to the nanosecond. The readiness of sockets is watched by the runtime, which posts to the loop.
/// </summary>
internal sealed class EventLoop : SynchronizationContext
{
    private readonly Thread _thread = Thread.CurrentThread;
    private readonly int _wakeUp = Native.CreateEvent();
    private readonly Queue<WorkItem> _ready = new();
    private readonly PriorityQueue<LoopTimer, long> _timers = new();
    private readonly Lock _lock = new();
    private List<WorkItem> _posted = [];
    private List<WorkItem> _taken = [];
    private volatile bool _isPosted;
    private long _roundBegan;
    private long _longestBlockNs;

    /// <summary>The loop of the calling thread.</summary>
    public static new EventLoop Current => (EventLoop)SynchronizationContext.Current!;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Thread.CurrentThread == _thread)
        {
            _ready.Enqueue(new WorkItem(d, state));
            return;
        }

        bool isFirst;
        lock (_lock)
        {
            _posted.Add(new WorkItem(d, state));
            isFirst = !_isPosted;
            _isPosted = true;
        }

        if (isFirst)
        {
            Native.SignalEvent(_wakeUp);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An event loop does not wait for itself.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs the loop on the thread that made it, for the life of the process.</summary>
    public void Run()
    {
        SetSynchronizationContext(this);
        _roundBegan = Stopwatch.GetTimestamp();
        while (true)
        {
            TakePosted();
            FireTimers();

            // What these add has to wait: timers and sockets get their turn between rounds.
            for (var count = _ready.Count; count > 0; count--)
            {
                _ready.Dequeue().Run();
            }

            EndRound();
            if (_ready.Count == 0 && !_isPosted)
            {
                WaitForEvent();
                _roundBegan = Stopwatch.GetTimestamp();
            }
        }
    }

    /// <summary>
    /// The longest that the loop was kept from looking at its timers and at what was posted, in nanoseconds, since the last call; on its
    /// thread. The round that the call itself is in counts as far as it has come.
    /// </summary>
    public long TakeLongestBlock()
    {
        EndRound();
        var longest = _longestBlockNs;
        _longestBlockNs = 0;
        return longest;
    }

    private void EndRound()
    {
        var now = Stopwatch.GetTimestamp();
        _longestBlockNs = Math.Max(_longestBlockNs, now - _roundBegan);
        _roundBegan = now;
    }

    /// <summary>Has the timer fire at a time of the monotonic clock; only the loop's thread does.</summary>
    public void Add(LoopTimer timer, long at)
    {
        Debug.Assert(Thread.CurrentThread == _thread, "Timers belong to the loop's thread.");
        _timers.Enqueue(timer, at);
    }

    private void TakePosted()
    {
        if (!_isPosted)
        {
            return;
        }

        lock (_lock)
        {
            (_posted, _taken) = (_taken, _posted);
            _isPosted = false;
        }

        foreach (var item in _taken)
        {
            _ready.Enqueue(item);
        }

        _taken.Clear();
    }

    private void FireTimers()
    {
        if (_timers.Count == 0)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        while (_timers.TryPeek(out var timer, out var at) && at <= now)
        {
            _timers.Dequeue();
            timer.Fire();
        }
    }

    private void WaitForEvent()
    {
        if (!_timers.TryPeek(out _, out var at))
        {
            Native.WaitEvent(_wakeUp, timeout: -1);
        }
        else if (at - Stopwatch.GetTimestamp() is > 0 and var left)
        {
            Native.WaitEvent(_wakeUp, left);
        }
    }

    private readonly record struct WorkItem(SendOrPostCallback Callback, object? State)
    {
        public void Run() => Callback(State);
    }
}
