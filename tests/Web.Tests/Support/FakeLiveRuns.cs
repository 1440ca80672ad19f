using System.Threading.Channels;
using Brigade.Contracts.Runs;
using Brigade.Web.Live;

namespace Brigade.Web.Tests.Support;

/// <summary>One run that the test moves on.</summary>
internal sealed class FakeLiveRuns : ILiveRuns
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeRunViewer? Viewer { get; set; }

    /// <summary>What a call waits for before it answers; null for nothing.</summary>
    public Task? Hold { get; set; }

    /// <summary>Done when somebody has asked.</summary>
    public Task Asked => _asked.Task;

    // As the real one may: it answers even where the caller has given up meanwhile.
    public async Task<IRunViewer?> WatchAsync(Guid runId, CancellationToken cancellation = default)
    {
        var viewer = Viewer;
        _asked.TrySetResult();
        if (Hold is { } hold)
            await hold;
        return viewer;
    }
}

internal sealed class FakeRunViewer(RunSnapshot snapshot) : IRunViewer
{
    private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Frame> _frames = [];
    private Exception? _fault;
    private int _position;

    public RunSnapshot Snapshot { get; private set; } = snapshot;

    public RunSnapshot Seen => Snapshot;

    public int Rewinds { get; private set; }

    public bool IsDisposed => _disposed.Task.IsCompleted;

    /// <summary>Done when somebody has let go of it.</summary>
    public Task Disposed => _disposed.Task;

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

    /// <summary>The call that waits throws this.</summary>
    public void Fail(Exception fault)
    {
        _fault = fault;
        _changes.Writer.TryWrite(true);
    }

    public async ValueTask<IReadOnlyList<Frame>> NextAsync(CancellationToken cancellation)
    {
        if (Take() is { Count: > 0 } waiting)
            return waiting;
        await _changes.Reader.ReadAsync(cancellation);
        if (_fault is not { } fault)
            return Take();
        _fault = null;
        throw fault;
    }

    public void Rewind()
    {
        Rewinds++;
        _position = 0;
    }

    public ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
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
