using Brigade.Contracts.Runs;

namespace Brigade.Web.Live;

/// <inheritdoc/>
internal sealed class RunViewer(RunFeed feed, TimeProvider time, Action leave) : IRunViewer
{
    /// <summary>Between two answers at least; what comes meanwhile is one batch.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(Frame.LengthMs);

    private readonly Lock _gate = new();
    private long _position;
    private long _version = -1;
    private long? _answeredAt;
    private bool _left;
    private RunSnapshot? _seen;

    public RunSnapshot Snapshot => feed.Snapshot;

    public RunSnapshot Seen => Volatile.Read(ref _seen) ?? feed.Snapshot;

    public async ValueTask<IReadOnlyList<Frame>> NextAsync(CancellationToken cancellation)
    {
        await PauseAsync(cancellation);
        while (true)
        {
            var (taken, nextChange) = Take();
            if (taken is not null)
            {
                _answeredAt = time.GetTimestamp();
                return taken;
            }

            await nextChange.WaitAsync(cancellation);
        }
    }

    public void Rewind()
    {
        lock (_gate)
            (_position, _version) = (0, -1);
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_left)
                return default;
            _left = true;
        }

        leave();
        return default;
    }

    private async Task PauseAsync(CancellationToken cancellation)
    {
        if (_answeredAt is not { } answeredAt)
            return;
        var wait = Pace - time.GetElapsedTime(answeredAt);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellation);
    }

    private (IReadOnlyList<Frame>? Frames, Task NextChange) Take()
    {
        lock (_gate)
        {
            var (frames, position, snapshot, version, nextChange) = feed.Since(_position);
            if (frames.Count == 0 && version == _version)
                return (null, nextChange);
            (_position, _version) = (position, version);
            Volatile.Write(ref _seen, snapshot);
            return (frames, nextChange);
        }
    }
}
