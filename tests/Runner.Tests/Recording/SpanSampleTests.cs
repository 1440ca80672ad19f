using Brigade.Contracts.Runs;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

public sealed class SpanSampleTests
{
    [Fact]
    public void Spans_FewTasks_AreAllThereWithTheirTimes()
    {
        var samples = SpanSample.ForWorkers(2);
        samples[1].Add(new TaskRecord(1, isError: true, 0, 950_000, 2_000_199));
        samples[0].Add(new TaskRecord(0, isError: false, 0, 1_000_000, 1_500_050));
        samples[0].Add(new TaskRecord(0, isError: false, 0, 1_500_050, 1_500_060));

        var spans = SpanSample.Spans(samples, from: 1_000_000);

        Assert.Equal([0, 0, 1], spans.Workers);
        Assert.Equal([0, 5_000, -500], spans.Starts);
        Assert.Equal([5_000, 0, 10_501], spans.Durations);
        Assert.Equal([2], spans.Errors);
    }

    [Fact]
    public void Spans_TasksThatFollowEachOther_DoNotOverlap()
    {
        var samples = SpanSample.ForWorkers(1);
        for (var i = 0L; i < 40; i++)
            samples[0].Add(new TaskRecord(0, isError: false, 0, i * 777, (i + 1) * 777));

        var spans = SpanSample.Spans(samples, from: 10_000);

        Assert.All(Enumerable.Range(1, 39), i => Assert.Equal(spans.Starts[i], spans.Starts[i - 1] + spans.Durations[i - 1]));
    }

    [Theory]
    [InlineData(1, 48)]
    [InlineData(4, 48)]
    [InlineData(8, 24)]
    [InlineData(7, 27)]
    [InlineData(64, 3)]
    [InlineData(1000, 3)]
    public void Spans_ManyTasks_AreABoundedSampleSpacedEvenly(int workers, int most)
    {
        const int Tasks = 1_000;
        var samples = SpanSample.ForWorkers(workers);
        for (var i = 0; i < Tasks; i++)
        {
            for (var worker = 0; worker < samples.Length; worker++)
                samples[worker].Add(new TaskRecord(worker, isError: false, 0, i * 1_000, (i * 1_000) + 500));
        }

        var spans = SpanSample.Spans(samples, from: 0);

        Assert.InRange(spans.Count, 1, TaskSpans.MostPerFrame);
        Assert.Equal(Math.Min(workers, TaskSpans.MostWorkers), spans.Workers.Distinct().Count());
        foreach (var worker in spans.Workers.Index().GroupBy(task => task.Item, task => task.Index))
        {
            long[] starts = [.. worker.Select(task => spans.Starts[task])];
            Assert.InRange(starts.Length, most / 2, most);
            Assert.Equal(0, starts[0]);
            Assert.Single(starts.Zip(starts.Skip(1), (one, next) => next - one).Distinct());
            Assert.True(starts[^1] >= (Tasks * 10) - (2 * (starts[1] - starts[0])), $"The last one shown begins at {starts[^1]}.");
        }
    }

    [Fact]
    public void Add_WorkersWithoutRoomForMoreThanOne_KeepTheirFirst()
    {
        var sample = new SpanSample(1);
        for (var i = 0; i < 100; i++)
            sample.Add(new TaskRecord(0, isError: false, 0, i * 1_000, (i * 1_000) + 500));

        Assert.Equal([0], SpanSample.Spans([sample], from: 0).Starts);
    }
}
