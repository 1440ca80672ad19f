namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>Has somebody look each second, from a first call on, whether nothing was heard for long.</summary>
internal sealed class SilenceWatch
{
    private const long LongMs = 5_000;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    private Timer? _timer;
    private long _heardAt;

    /// <summary>Whether nothing was heard for so long that nothing will be.</summary>
    public bool IsLong => Environment.TickCount64 - _heardAt >= LongMs;

    /// <param name="look">Called each second, on a thread of the pool, until the end.</param>
    public void Begin(Action look)
    {
        Heard();
        _timer ??= new Timer(_ => look(), null, Each, Each);
    }

    public void Heard() => _heardAt = Environment.TickCount64;

    public void End()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
