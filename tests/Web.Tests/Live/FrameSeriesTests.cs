using Brigade.Contracts.Runs;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Live;

public sealed class FrameSeriesTests
{
    private readonly FrameSeries _series = new();

    [Fact]
    public void Add_LongTrial_StaysBoundedAndKeepsItsSumsAndPeaks()
    {
        const int Count = 20_000;
        for (var number = 0; number < Count; number++)
            _series.Add(Given.Frame(0, number) with { P99Ms = number == 4321 ? 99 : 3, Errors = number % 2 });

        var frames = _series.Since(0);

        Assert.InRange(frames.Count, FrameSeries.MostPoints / 3, FrameSeries.MostPoints);
        Assert.Equal((5 * Count, Count / 2, 100.0 * Count), (frames.Sum(frame => frame.Tasks), frames.Sum(frame => frame.Errors), frames.Sum(frame => frame.DurationMs)));
        Assert.Equal(99, frames.Max(frame => frame.P99Ms));
        Assert.Equal(5 * Count, frames.Sum(frame => frame.Workers.Sum(worker => worker.Tasks)));
        Assert.Equal(0.9, frames[0].Workers[0].Busy, 6);
    }

    [Fact]
    public void Add_LongTrial_EachMergedFrameBeginsWhereTheOneBeforeEnds()
    {
        for (var number = 0; number < 5_000; number++)
            _series.Add(Given.Frame(0, number));

        var next = 0;
        foreach (var frame in _series.Since(0))
        {
            Assert.Equal(next, frame.Number);
            next += (int)(frame.DurationMs / Frame.LengthMs);
        }

        Assert.Equal(5_000, next);
    }

    [Fact]
    public void Add_LongTrial_KeepsABoundedSampleOfItsTasksWithTheirTimes()
    {
        const int Count = 5_000;
        for (var number = 0; number < Count; number++)
        {
            _series.Add(Given.Frame(0, number) with
            {
                Spans = new TaskSpans(
                    [.. Enumerable.Repeat(0, 40), .. Enumerable.Repeat(1, 40)],
                    [.. Enumerable.Range(0, 80).Select(i => i % 40 * 25_000L)],
                    [.. Enumerable.Repeat(24_000L, 80)],
                    number == 0 ? [0] : []),
            });
        }

        foreach (var frame in _series.Since(0))
        {
            var spans = frame.Spans!;
            Assert.InRange(spans.Count, 40, TaskSpans.MostPerFrame);
            Assert.Equal([0, 1], spans.Workers.Distinct());
            Assert.All(spans.Starts, start => Assert.InRange(start, 0, (long)(frame.DurationMs * TaskSpans.UnitsPerMs)));
            long[] ofOne = [.. spans.Starts.Where((_, i) => spans.Workers[i] == 0)];
            Assert.Equal(ofOne.Order(), ofOne);
            Assert.True(spans.Starts.Max() >= (long)(frame.DurationMs * TaskSpans.UnitsPerMs * 0.8), "The sample covers the whole of the frame.");
        }

        Assert.Equal([0], _series.Since(0)[0].Spans!.Errors);
    }

    [Fact]
    public void Since_ReaderThatKeepsUp_GetsEachFrameOnceAsItCame()
    {
        List<int> seen = [];
        var position = 0L;
        for (var number = 0; number < 3_000; number++)
        {
            _series.Add(Given.Frame(0, number));
            if (number % 7 != 0)
                continue;
            seen.AddRange(_series.Since(position).Select(frame => frame.Number));
            position = _series.Position;
        }

        Assert.Equal(Enumerable.Range(0, seen.Count), seen);
    }

    [Fact]
    public void Add_ManyTrialsOfManyWorkers_StaysWithinTheRunsBudget()
    {
        WorkerFrame[] workers = [.. Enumerable.Range(0, 256).Select(worker => new WorkerFrame(worker, WorkerState.Running, 1, null, 1))];
        for (var trial = 0; trial < 40; trial++)
        {
            for (var number = 0; number < 500; number++)
                _series.Add(Given.Frame(trial, number) with { Workers = workers });
        }

        var frames = _series.Since(0);

        Assert.InRange(frames.Sum(frame => frame.Workers.Count + 1), 1, 2_000_000);
        Assert.Equal(40 * 500 * 5, frames.Sum(frame => frame.Tasks));
    }

    [Fact]
    public void End_LongTrial_IsThinnedToWhatTheChartsShow()
    {
        for (var number = 0; number < 1_100; number++)
            _series.Add(Given.Frame(0, number));

        _series.End(0);

        Assert.InRange(_series.Since(0).Count, 1, FrameSeries.MostPoints / 2);
    }
}
