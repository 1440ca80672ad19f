using System.Threading.Tasks.Sources;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>A timer of an event loop that is used again for one wait after the other, without an allocation for each.</summary>
internal sealed class LoopTimer(EventLoop loop) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    /// <summary>Waits until a time of the monotonic clock, in nanoseconds. One wait at a time.</summary>
    public ValueTask WaitUntilAsync(long at)
    {
        _core.Reset();
        loop.Add(this, at);
        return new ValueTask(this, _core.Version);
    }

    /// <summary>The time has come; the loop calls this.</summary>
    public void Fire() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
