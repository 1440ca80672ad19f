using System.Threading.Channels;
using Brigade.Contracts.Runs;
using Brigade.Web.Live;

namespace Brigade.Web.Tests.Support;

/// <summary>One run that the test moves on.</summary>
internal sealed class FakeLiveRuns : ILiveRuns
{
    public FakeRunViewer? Viewer { get; set; }

    public Task<IRunViewer?> WatchAsync(Guid runId, CancellationToken cancellation = default) => Task.FromResult<IRunViewer?>(Viewer);
}

internal sealed class FakeRunViewer(RunSnapshot snapshot) : IRunViewer
{
    private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
    private readonly List<Frame> _frames = [];
    private int _position;

    public RunSnapshot Snapshot { get; private set; } = snapshot;

    public RunSnapshot Seen => Snapshot;

    public int Rewinds { get; private set; }

    public bool IsDisposed { get; private set; }

    public void Add(params Frame[] frames)
    {
        lock (_frames)
            _frames.AddRange(frames);
        _changes.Writer.TryWrite(true);
    }

    public void Change(RunSnapshot snapshot)
    {
        Snapshot = snapshot;
        _changes.Writer.TryWrite(true);
    }

    public async ValueTask<IReadOnlyList<Frame>> NextAsync(CancellationToken cancellation)
    {
        if (Take() is { Count: > 0 } waiting)
            return waiting;
        await _changes.Reader.ReadAsync(cancellation);
        return Take();
    }

    public void Rewind()
    {
        Rewinds++;
        _position = 0;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private List<Frame> Take()
    {
        lock (_frames)
        {
            var fresh = _frames[_position..];
            _position = _frames.Count;
            return fresh;
        }
    }
}
