using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;
using CsCheck;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class ArrivalsTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void TryTake_IdleWorkers_GiveEachTheNextArrivalAheadOfItsTime()
    {
        var arrivals = new Arrivals(new ArrivalSchedule([new TrialStage(1000, 3)]), begin: 5 * Ms, most: 4, () => 5 * Ms);

        Assert.True(arrivals.TryTake(hasEnded: false, out var first));
        Assert.True(arrivals.TryTake(hasEnded: false, out var second));

        Assert.Equal((new Arrival(0, 5 * Ms), new Arrival(1, 6 * Ms)), (first, second));
        Assert.True(arrivals.TryTake(hasEnded: true, out var third));
        Assert.False(arrivals.TryTake(hasEnded: true, out _));
        Assert.Equal((2, 0), (third.Index, arrivals.Dropped));
    }

    [Fact]
    public void TryTake_LateWorker_GetsTheOldestThatWasLetIn()
    {
        var now = 0L;
        var arrivals = new Arrivals(new ArrivalSchedule([new TrialStage(1000, 10)]), begin: 0, most: 3, () => now);
        Assert.True(arrivals.TryTake(hasEnded: false, out _));

        now = (5 * Ms) + 1; // 1 to 5 have arrived, of which 1 and 2 were let in
        Assert.True(arrivals.TryTake(hasEnded: true, out var second));

        Assert.Equal((new Arrival(1, Ms), 3), (second, arrivals.Dropped));
    }

    [Fact]
    public void TryTake_AnyTasks_StartAndDropAsAQueueThatIsWatchedAllTheTime() => Gen.Select(
        Gen.Int[1, 3], Gen.Int[3, 6], Gen.OneOf(Gen.Const(100.0), Gen.Const(1000.0)), Gen.Long[0, 30 * Ms].Array[60])
        .Sample((workers, most, rate, durations) =>
        {
            var schedule = new ArrivalSchedule([new TrialStage(rate, 50)]);
            Assert.Equal(Watch(schedule, workers, most, durations), Simulate(schedule, workers, most, durations));
        });

    /// <summary>When each task starts, -1 where it was dropped: by the class under test.</summary>
    private static long[] Simulate(ArrivalSchedule schedule, int workers, int most, long[] durations)
    {
        var now = 0L;
        var arrivals = new Arrivals(schedule, begin: 0, most, () => now);
        var starts = new long[schedule.Count];
        Array.Fill(starts, -1);
        var free = new PriorityQueue<(int Worker, bool HasEnded), (long At, int Worker)>(Enumerable.Range(0, workers).Select(worker => ((worker, false), (0L, worker))));
        while (free.TryDequeue(out var next, out var at))
        {
            now = at.At;
            if (arrivals.TryTake(next.HasEnded, out var arrival))
            {
                starts[arrival.Index] = Math.Max(now, arrival.IntendedAt);
                free.Enqueue((next.Worker, true), (starts[arrival.Index] + durations[arrival.Index], next.Worker));
            }
        }

        Assert.Equal(starts.Count(start => start < 0), arrivals.Dropped);
        return starts;
    }

    private static long[] Watch(ArrivalSchedule schedule, int workers, int most, long[] durations)
    {
        var starts = new long[schedule.Count];
        var free = new long[workers];
        var ends = new List<long>();
        for (var index = 0; index < starts.Length; index++)
        {
            var at = schedule.At(index);
            starts[index] = -1;
            if (ends.Count(end => end >= at) < most)
            {
                var worker = Array.IndexOf(free, free.Min());
                starts[index] = Math.Max(at, free[worker]);
                free[worker] = starts[index] + durations[index];
                ends.Add(free[worker]);
            }
        }

        return starts;
    }
}
