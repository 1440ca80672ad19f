using Brigade.Contracts.Runs;

namespace Brigade.Web.Live;

/// <inheritdoc/>
internal sealed class RunViewer(RunFeed feed, TimeProvider time, Action leave) : IRunViewer
{
    /// <summary>Between two answers at least; what comes meanwhile is one batch. Half a frame: those of a steady run come at twice the distance, and none has to wait.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(Frame.LengthMs / 2.0);

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
        while (true)
        {
            // First for news and then for the pace: mostly that has passed by then, and needs no timer.
            if (News() is { IsCompleted: false } news)
                await news.WaitAsync(cancellation);
            await PauseAsync(cancellation);
            if (Take() is { } taken)
            {
                _answeredAt = time.GetTimestamp();
                return taken;
            }
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

    private Task News()
    {
        lock (_gate)
            return feed.NewsAfter(_position, _version);
    }

    /// <summary>Null where it was only told of what is known.</summary>
    private IReadOnlyList<Frame>? Take()
    {
        lock (_gate)
        {
            var (frames, position, snapshot, version) = feed.Since(_position);
            if ((position, version) == (_position, _version))
                return null;
            (_position, _version) = (position, version);
            Volatile.Write(ref _seen, snapshot);
            return frames;
        }
    }
}
