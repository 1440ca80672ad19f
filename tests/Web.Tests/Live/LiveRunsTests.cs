using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Live;

public sealed class LiveRunsTests : IDisposable
{
    private readonly Guid _run = Guid.NewGuid();
    private readonly FakeRunSource _source = new();
    private readonly FakeTimeProvider _time = new(Given.Noon);
    private readonly LiveRuns _live;

    public LiveRunsTests() => _live = new LiveRuns(_source, _time, NullLogger<LiveRuns>.Instance);

    public void Dispose() => _live.Dispose();

    [Fact]
    public async Task WatchAsync_TwoViewers_ShareOneFeedAndEachGetsAll()
    {
        _source.Add(tell: false, Given.Started(), Given.Recorded(0, 0));
        await using var first = (await _live.WatchAsync(_run))!;
        await using var second = (await _live.WatchAsync(_run))!;
        Assert.Equal(1, _live.Count);

        Assert.Single(await first.NextAsync(CancellationToken.None));
        _source.Add(tell: true, Given.Recorded(0, 1));

        Assert.Equal([0, 1], (await second.NextAsync(CancellationToken.None)).Select(frame => frame.Number));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1], (await first.NextAsync(CancellationToken.None)).Select(frame => frame.Number));
    }

    [Fact]
    public async Task WatchAsync_StoreThatReadsWithoutYielding_DoesNotHoldTheCaller()
    {
        using var held = new ManualResetEventSlim();
        _source.OnSubscribe = () => held.Wait(TimeSpan.FromSeconds(20));

        var watching = _live.WatchAsync(_run);
        var hasReturned = !watching.IsCompleted;
        held.Set();

        await using var viewer = await watching;
        Assert.True(hasReturned);
    }

    [Fact]
    public async Task WatchAsync_UnknownRun_IsNullAndLeavesNoFeed()
    {
        _source.Exists = false;

        Assert.Null(await _live.WatchAsync(_run));
        Assert.Equal(0, _live.Count);
    }

    [Fact]
    public async Task NextAsync_NothingNew_WaitsForTheNextFrame()
    {
        await using var viewer = (await _live.WatchAsync(_run))!;
        await viewer.NextAsync(CancellationToken.None);
        var next = viewer.NextAsync(CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(next.IsCompleted);

        _source.Add(tell: true, Given.Started(), Given.Recorded(0, 0));

        Assert.Single(await next.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task NextAsync_OnlyTheStructureChanged_AnswersNoFrames()
    {
        await using var viewer = (await _live.WatchAsync(_run))!;
        await viewer.NextAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));

        _source.Add(tell: true, Given.Started());

        Assert.Empty(await viewer.NextAsync(CancellationToken.None));
        Assert.NotNull(viewer.Snapshot.Plan);
    }

    [Fact]
    public async Task NextAsync_RightAfterAnAnswer_KeepsThePaceAndAnswersOneBatch()
    {
        await using var viewer = (await _live.WatchAsync(_run))!;
        await viewer.NextAsync(CancellationToken.None);
        _source.Add(tell: true, Given.Started(), Given.Recorded(0, 0));
        var next = viewer.NextAsync(CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        _source.Add(tell: true, Given.Recorded(0, 1));

        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(2, (await next.WaitAsync(TimeSpan.FromSeconds(30))).Count);
    }

    [Fact]
    public async Task NextAsync_PaceHasPassedWhenAFrameComes_AnswersAtOnce()
    {
        await using var viewer = (await _live.WatchAsync(_run))!;
        await viewer.NextAsync(CancellationToken.None);
        var next = viewer.NextAsync(CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(50));

        // The clock stands still from here on.
        _source.Add(tell: true, Given.Started(), Given.Recorded(0, 0));

        Assert.Single(await next.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task NextAsync_Cancelled_Throws()
    {
        await using var viewer = (await _live.WatchAsync(_run))!;
        await viewer.NextAsync(CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var next = viewer.NextAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Rewind_AfterAReconnect_AnswersTheWholeSeriesAgain()
    {
        _source.Add(tell: false, Given.Started(), Given.Recorded(0, 0), Given.Recorded(0, 1));
        await using var viewer = (await _live.WatchAsync(_run))!;
        await viewer.NextAsync(CancellationToken.None);

        viewer.Rewind();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await viewer.NextAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task TendAsync_LastViewerLeft_DropsTheFeedAWhileLater()
    {
        var viewer = (await _live.WatchAsync(_run))!;
        _time.Advance(TimeSpan.FromMinutes(5));
        await _live.TendAsync();
        Assert.Equal(1, _live.Count);

        await viewer.DisposeAsync();
        await viewer.DisposeAsync();
        await _live.TendAsync();
        Assert.Equal(1, _live.Count);

        _time.Advance(TimeSpan.FromMinutes(1));
        await _live.TendAsync();

        Assert.Equal(0, _live.Count);
        Assert.Null(_source.Observer);
    }
}
