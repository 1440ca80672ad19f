using System.Diagnostics;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class QuotaTests
{
    [Fact]
    public void TryTake_ManyThreads_HandsOutEachIndexOnce()
    {
        var quota = Quota.Of(new TrialLoad { Tasks = 100_000 }, start: 0);
        var taken = new int[100_000];
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (quota.TryTake(out var index))
            {
                Interlocked.Increment(ref taken[index]);
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.All(taken, count => Assert.Equal(1, count));
    }

    [Fact]
    public void TryTake_Ranges_CoverTheQuotaAndNoMore()
    {
        var quota = Quota.Of(new TrialLoad { Tasks = 10 }, start: 0);

        Assert.True(quota.TryTake(4, out var first, out var taken));
        Assert.Equal((0L, 4), (first, taken));
        Assert.Equal(6, quota.Left);
        Assert.True(quota.TryTake(8, out first, out taken));
        Assert.Equal((4L, 6), (first, taken));
        Assert.False(quota.TryTake(1, out _, out _));
        Assert.Equal(0, quota.Left);
    }

    [Fact]
    public void TryTake_RangeAfterTheDuration_GivesNone()
    {
        var quota = Quota.Of(new TrialLoad { DurationMs = 1.5 }, start: Stopwatch.GetTimestamp() - 2_000_000);

        Assert.False(quota.TryTake(1, out _, out _));
    }

    [Fact]
    public void Of_Duration_HasItsDeadline() => Assert.Equal(1_500_007, Quota.Of(new TrialLoad { DurationMs = 1.5 }, start: 7).Deadline);

    [Fact]
    public void Close_AnOpenQuota_HandsOutNoMore()
    {
        var quota = Quota.Open();
        Assert.True(quota.TryTake(out _));

        quota.Close();

        Assert.False(quota.TryTake(out _));
    }
}
