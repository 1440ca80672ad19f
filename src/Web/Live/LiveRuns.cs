using System.Collections.Concurrent;

namespace Brigade.Web.Live;

/// <summary>The feeds of this node. A feed stays a while after its last viewer left, so that a reload finds it warm.</summary>
internal sealed class LiveRuns(IRunSource source, TimeProvider time, ILogger<LiveRuns> logger) : BackgroundService
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, Entry> _feeds = [];

    /// <summary>Feeds in memory.</summary>
    public int Count => _feeds.Count;

    /// <summary>Joins a feed, whosever run it is: ask <see cref="ILiveRuns"/>. Null where the run does not exist.</summary>
    public async Task<IRunViewer?> WatchAsync(Guid runId, CancellationToken cancellation = default)
    {
        while (true)
        {
            var entry = _feeds.GetOrAdd(runId, id => new Entry(new RunFeed(id, source, time, logger)));
            if (!entry.TryEnter())
            {
                _feeds.TryRemove(new(runId, entry));
                continue;
            }

            try
            {
                if (await entry.OpenAsync().WaitAsync(cancellation))
                    return new RunViewer(entry.Feed, time, () => entry.Leave(time.GetUtcNow()));
            }
            catch
            {
                Discard(runId, entry);
                throw;
            }

            Discard(runId, entry);
            return null;
        }
    }

    /// <summary>Renews the subscriptions of feeds that are watched and drops those that are not any more.</summary>
    public async Task TendAsync()
    {
        foreach (var (runId, entry) in _feeds)
        {
            try
            {
                if (entry.TryClose(time.GetUtcNow() - KeepFor))
                {
                    _feeds.TryRemove(new(runId, entry));
                    await entry.Feed.CloseAsync();
                }
                else if (entry.IsOpen && !entry.Feed.HasEnded)
                {
                    await entry.Feed.ResyncAsync();
                }
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogWarning("The feed of run {Run} could not be renewed, it is tried again: {Problem}", runId, problem.Message);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TendAsync();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Discard(Guid runId, Entry entry)
    {
        entry.Leave(DateTimeOffset.MinValue);
        if (entry.TryClose(DateTimeOffset.MaxValue))
            _feeds.TryRemove(new(runId, entry));
    }

    /// <summary>A feed with the number of those who use it.</summary>
    private sealed class Entry(RunFeed feed)
    {
        private readonly Lock _gate = new();
        private Task<bool>? _opening;
        private int _viewers;
        private DateTimeOffset _leftAt;
        private bool _closed;

        public RunFeed Feed => feed;

        public bool IsOpen => _opening is { IsCompletedSuccessfully: true };

        /// <summary>Opens the feed once; all viewers wait for the same opening. Elsewhere: SQLite reads a whole series without ever yielding.</summary>
        public Task<bool> OpenAsync()
        {
            lock (_gate)
                return _opening ??= Task.Run(feed.OpenAsync);
        }

        /// <summary>False where the feed was dropped meanwhile.</summary>
        public bool TryEnter()
        {
            lock (_gate)
            {
                if (_closed)
                    return false;
                _viewers++;
                return true;
            }
        }

        public void Leave(DateTimeOffset now)
        {
            lock (_gate)
            {
                _viewers--;
                _leftAt = now;
            }
        }

        /// <summary>Closes it for good where nobody has watched since <paramref name="since"/>.</summary>
        public bool TryClose(DateTimeOffset since)
        {
            lock (_gate)
                return _closed = _closed || (_viewers == 0 && _leftAt <= since);
        }
    }
}
