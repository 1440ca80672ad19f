using Brigade.Contracts.Runs;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Live;

public sealed class RunFeedTests
{
    private readonly FakeRunSource _source = new();
    private readonly RunFeed _feed;

    public RunFeedTests() => _feed = new RunFeed(Guid.NewGuid(), _source, new FakeTimeProvider(Given.Noon), NullLogger.Instance);

    private IEnumerable<(int Trial, int Number)> Frames => _feed.Since(0).Frames.Select(frame => (frame.Trial, frame.Number));

    [Fact]
    public async Task OpenAsync_PartlyCommitted_HasStoredAndWaitingFramesOnce()
    {
        _source.Add(tell: false, Given.Started(), Given.TrialStarted(0), Given.Recorded(0, 0), Given.Recorded(0, 1));
        _source.Commit();
        _source.Add(tell: false, Given.Recorded(0, 2));

        Assert.True(await _feed.OpenAsync());

        Assert.Equal([(0, 0), (0, 1), (0, 2)], Frames);
    }

    [Fact]
    public async Task OpenAsync_NewsWhileItOpens_IsNeitherLostNorDoubled()
    {
        _source.Add(tell: false, Given.Started(), Given.Recorded(0, 0));
        _source.OnSubscribe = () => _source.Add(tell: true, Given.Recorded(0, 1));

        await _feed.OpenAsync();
        _source.OnSubscribe = null;
        _source.Add(tell: true, Given.Recorded(0, 2));

        Assert.Equal([(0, 0), (0, 1), (0, 2)], Frames);
    }

    [Fact]
    public async Task OpenAsync_CommittedBetweenReadAndSubscription_IsReadAgain()
    {
        await _feed.OpenAsync();
        var late = new RunFeed(Guid.NewGuid(), new LateCommit(_source), new FakeTimeProvider(Given.Noon), NullLogger.Instance);

        await late.OpenAsync();

        Assert.Equal([(0, 0)], late.Since(0).Frames.Select(frame => (frame.Trial, frame.Number)));
    }

    [Fact]
    public async Task OpenAsync_EndedRun_DoesNotWakeTheOwner()
    {
        _source.Add(tell: false, Given.WholeRun());
        _source.Commit();
        _source.Status = RunStatus.Completed;

        await _feed.OpenAsync();

        Assert.Null(_source.Observer);
        Assert.True(_feed.HasEnded);
        Assert.Equal(6, Frames.Count());
    }

    [Fact]
    public async Task OpenAsync_UnknownRun_IsFalse()
    {
        _source.Exists = false;

        Assert.False(await _feed.OpenAsync());
    }

    [Fact]
    public async Task Updated_NewsWasLost_RenewalBringsItInOrder()
    {
        await _feed.OpenAsync();
        _source.Add(tell: true, Given.Started(), Given.Recorded(0, 0));
        _source.Add(tell: false, Given.Recorded(0, 1));
        _source.Commit();
        _source.Add(tell: true, Given.Recorded(0, 2));
        Assert.Equal([(0, 0)], Frames);

        await _feed.ResyncAsync();

        Assert.Equal([(0, 0), (0, 1), (0, 2)], Frames);
    }

    [Fact]
    public async Task ResyncAsync_NothingMissed_DoesNotReadTheStore()
    {
        await _feed.OpenAsync();
        var loads = _source.Loads;

        await _feed.ResyncAsync();

        Assert.Equal(loads, _source.Loads);
    }

    [Fact]
    public async Task Since_SamePositionForMany_IsOneListUntilMoreComes()
    {
        await _feed.OpenAsync();
        _source.Add(tell: true, Given.Started(), Given.Recorded(0, 0), Given.Recorded(0, 1));
        var first = _feed.Since(1).Frames;

        // Whoever asks from elsewhere has no part in it.
        Assert.Equal(2, _feed.Since(0).Frames.Count);
        Assert.Same(first, _feed.Since(1).Frames);
        _source.Add(tell: true, Given.Recorded(0, 2));
        Assert.Equal([1, 2], _feed.Since(1).Frames.Select(frame => frame.Number));
        Assert.Single(first);
    }

    [Fact]
    public async Task NewsAfter_WhatIsKnown_WaitsForMore()
    {
        await _feed.OpenAsync();
        _source.Add(tell: true, Given.Started(), Given.Recorded(0, 0));
        var (_, position, _, version) = _feed.Since(0);
        Assert.True(_feed.NewsAfter(0, version).IsCompleted);
        Assert.True(_feed.NewsAfter(position, version - 1).IsCompleted);

        var news = _feed.NewsAfter(position, version);
        Assert.False(news.IsCompleted);
        _source.Add(tell: true, Given.Recorded(0, 1));

        Assert.True(news.IsCompleted);
    }

    [Fact]
    public async Task Updated_Garbage_IsNotShownAndHarmsNothing()
    {
        await _feed.OpenAsync();

        await _feed.Updated(new((int)RunStatus.Failed, "garbage", null, Given.Noon, 0, ["{"u8.ToArray()]));

        Assert.Equal((RunStatus.Failed, "garbage"), (_feed.Snapshot.Status, _feed.Snapshot.Reason));
    }

    /// <summary>Commits everything after it was read and before the subscription.</summary>
    private sealed class LateCommit(FakeRunSource source) : IRunSource
    {
        private bool _committed;

        public async Task<bool> LoadAsync(Guid runId, Action<Action<RunPicture>> fold) => await source.LoadAsync(runId, fold);

        public Task<Web.Cluster.RunUpdate?> SubscribeAsync(Guid runId, Web.Cluster.IRunObserver observer)
        {
            if (!_committed)
            {
                source.Add(tell: false, Given.Started(), Given.Recorded(0, 0));
                source.Commit();
            }

            _committed = true;
            return source.SubscribeAsync(runId, observer);
        }

        public Task UnsubscribeAsync(Guid runId, Web.Cluster.IRunObserver observer) => source.UnsubscribeAsync(runId, observer);
    }
}
