namespace Brigade.Web.Components.Shared;

/// <summary>Does something once things have been quiet for a while.</summary>
/// <param name="action">Called on a pool thread; hand over to the component's own thread there.</param>
public sealed class Debouncer(TimeProvider time, TimeSpan quiet, Func<Task> action) : IDisposable
{
    private ITimer? _timer;

    /// <summary>Something happened: wait (again).</summary>
    public void Touch()
    {
        _timer ??= time.CreateTimer(_ => _ = action(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(quiet, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What was waited for is no longer wanted.</summary>
    public void Cancel() => _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer?.Dispose();
}
