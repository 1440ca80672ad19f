using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Web.Cluster;

namespace Brigade.Web.Live;

/// <summary>Where a feed gets its run from: what is stored, and the owner's news.</summary>
internal interface IRunSource
{
    /// <summary>Folds what is stored into the picture; false where the run does not exist.</summary>
    Task<bool> LoadAsync(Guid runId, Action<Action<RunPicture>> fold);

    /// <summary>Begins or renews the owner's news to <paramref name="observer"/>; answers what is not stored yet.</summary>
    Task<RunUpdate?> SubscribeAsync(Guid runId, IRunObserver observer);

    Task UnsubscribeAsync(Guid runId, IRunObserver observer);
}

/// <summary>The picture of one run on this node, shared by its viewers and fed by the run's owner.</summary>
internal sealed class RunFeed(Guid runId, IRunSource source, TimeProvider time, ILogger logger) : IRunObserver
{
    private readonly Lock _gate = new();
    private readonly RunPicture _picture = new(runId, time);
    private readonly List<RunUpdate> _early = [];
    private readonly Dictionary<long, IReadOnlyList<Frame>> _lists = [];
    private long _listed;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _loaded;
    private bool _missing;

    public RunSnapshot Snapshot
    {
        get
        {
            lock (_gate)
                return _picture.Snapshot;
        }
    }

    public bool HasEnded
    {
        get
        {
            lock (_gate)
                return _picture.Status.IsTerminal();
        }
    }

    /// <summary>
    /// Frames from a position on, in one list for all who ask from there before more have come; the position behind them, and the structure that they belong to with its version.
    /// </summary>
    public (IReadOnlyList<Frame> Frames, long Position, RunSnapshot Snapshot, long Version) Since(long position)
    {
        lock (_gate)
        {
            var frames = _picture.Frames;
            if (_listed != frames.Position)
            {
                _lists.Clear();
                _listed = frames.Position;
            }

            if (!_lists.TryGetValue(position, out var list))
                _lists.Add(position, list = position == frames.Position ? [] : frames.Since(position));
            return (list, frames.Position, _picture.Snapshot, _picture.Version);
        }
    }

    /// <summary>Completes when <see cref="Since"/> may have something to tell beyond a position and a version; where it has, it is complete.</summary>
    public Task NewsAfter(long position, long version)
    {
        lock (_gate)
            return _picture.Frames.Position != position || _picture.Version != version ? Task.CompletedTask : _changed.Task;
    }

    /// <summary>False where the run does not exist.</summary>
    public async Task<bool> OpenAsync()
    {
        // An ended run has no news, and its owner need not be woken.
        if (!await source.LoadAsync(runId, Fold))
            return false;
        if (HasEnded)
        {
            _loaded = true;
            return true;
        }

        await ResyncAsync();
        return true;
    }

    /// <summary>
    /// Subscribes first and reads the store then where it has to, so that whatever is committed between the two is in one of them.
    /// Called again from time to time: an observer's subscription ends by itself.
    /// </summary>
    public async Task ResyncAsync()
    {
        var window = await source.SubscribeAsync(runId, this);
        bool behind;
        lock (_gate)
            behind = _missing || window is null || window.First > _picture.NextSequence;
        if (behind && !await source.LoadAsync(runId, Fold))
            return;
        lock (_gate)
        {
            (_loaded, _missing) = (true, false);
            if (window is not null)
                Apply(window);
            foreach (var update in _early)
                Apply(update);
            _early.Clear();
            Signal();
        }
    }

    public Task CloseAsync() => source.UnsubscribeAsync(runId, this);

    public Task Updated(RunUpdate update)
    {
        lock (_gate)
        {
            if (_loaded)
                Apply(update);
            else
                _early.Add(update);
            Signal();
        }

        return Task.CompletedTask;
    }

    private void Apply(RunUpdate update)
    {
        if (update.First > _picture.NextSequence)
        {
            // The owner moved, or news was lost: the next renewal reads the rest from the store.
            _missing = true;
            return;
        }

        for (var i = 0; i < update.Events.Length; i++)
        {
            if (update.First + i >= _picture.NextSequence)
                Apply(update.First + i, update.Events[i]);
        }

        _picture.Fold(update.Status, update.Reason, update.StartedAt, update.EndedAt);
    }

    private void Apply(long sequence, byte[] raw)
    {
        try
        {
            if (JsonSerializer.Deserialize<RunEvent>(raw, BrigadeJson.Options) is { } runEvent)
                _picture.Fold(sequence, runEvent);
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            // The owner fails the run for it; here it is only not shown.
            logger.LogDebug(problem, "Event {Sequence} of run {Run} cannot be read", sequence, runId);
        }
    }

    private void Fold(Action<RunPicture> fold)
    {
        lock (_gate)
        {
            fold(_picture);
            Signal();
        }
    }

    // Under the gate.
    private void Signal()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
