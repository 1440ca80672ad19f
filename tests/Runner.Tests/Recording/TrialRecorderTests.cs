using Brigade.Contracts.Runs;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;
using Brigade.Runner.Tests.Fakes;
using HdrHistogram;
using HdrHistogram.Utilities;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

/// <summary>Measuring begins at 1000 ms of the clock in all of these.</summary>
public sealed class TrialRecorderTests
{
    private const long BeginMs = 1000;
    private const long Ms = 1_000_000;
    private const long Later = 1_000_000 * Ms;

    [Fact]
    public void Tick_TasksOfTwoFrames_CountWhereTheyEnded()
    {
        var recorder = Begin(workers: 1, tasks: 10);
        recorder.Fold([Samples.Task(0, 1000, 1040), Samples.Task(0, 1040, 1100), Samples.Task(0, 1100, 1150, isError: true)], Later);

        var first = Assert.Single(recorder.Tick(Samples.At((BeginMs + 201) * Ms)));
        var second = Assert.Single(recorder.Tick(Samples.At((BeginMs + 301) * Ms)));

        Assert.Equal((0, 2, 0), (first.Number, first.Tasks, first.Errors));
        Assert.Equal((1, 1, 1), (second.Number, second.Tasks, second.Errors));
        Assert.Equal(100, first.DurationMs);
    }

    [Fact]
    public void Tick_BeforeAFrameLengthAfterItsEnd_KeepsTheFrameOpen()
    {
        var recorder = Begin(workers: 1, tasks: 10);

        Assert.Empty(recorder.Tick(Samples.At((BeginMs + 101) * Ms)));
        recorder.Fold([Samples.Task(0, 1000, 1090)], Later); // on its way for a while

        Assert.Equal(1, Assert.Single(recorder.Tick(Samples.At((BeginMs + 201) * Ms))).Tasks);
    }

    [Fact]
    public void Fold_RecordOfAClosedFrame_CountsInTheOldestOpenOne()
    {
        var recorder = Begin(workers: 1, tasks: 10);
        recorder.Tick(Samples.At((BeginMs + 301) * Ms));

        recorder.Fold([Samples.Task(0, 1000, 1050)], Later);

        var frame = Assert.Single(recorder.Tick(Samples.At((BeginMs + 401) * Ms)));
        Assert.Equal((2, 1), (frame.Number, frame.Tasks));
        Assert.Equal(1, recorder.Totals().Tasks);
    }

    [Fact]
    public void Tick_TasksOfTwoFrames_AreShownOneByOneWhereTheyEnded()
    {
        var recorder = Begin(workers: 2, tasks: 10);
        recorder.Fold([Samples.Task(0, 1000, 1040), Samples.Task(1, 1010, 1150, isError: true), Samples.Task(0, 1040, 1100)], Later);

        var first = Assert.Single(recorder.Tick(Samples.At((BeginMs + 201) * Ms))).Spans!;
        var second = Assert.Single(recorder.Tick(Samples.At((BeginMs + 301) * Ms))).Spans!;

        Assert.Equal([0, 0], first.Workers);
        Assert.Equal([0, 400_000], first.Starts);
        Assert.Equal([400_000, 600_000], first.Durations);
        Assert.Empty(first.Errors);
        Assert.Equal([(1, -900_000, 1_400_000)], second.Workers.Select((worker, i) => (worker, second.Starts[i], second.Durations[i])));
        Assert.Equal([0], second.Errors);
        Assert.Null(Assert.Single(recorder.Tick(Samples.At((BeginMs + 401) * Ms))).Spans);
    }

    [Fact]
    public void Tick_KnownLatencies_GivesTheirPercentilesAndHistogram()
    {
        var recorder = Begin(workers: 1, tasks: 1000);
        recorder.Fold([.. Enumerable.Range(1, 100).Select(index => new TaskRecord(0, isError: false, 0, BeginMs * Ms, (BeginMs * Ms) + (index * 100_000)))], Later);

        var frame = recorder.Tick(Samples.At((BeginMs + 201) * Ms))[0];

        Assert.Equal(5.0, frame.P50Ms, tolerance: 0.01);
        Assert.Equal(9.5, frame.P95Ms, tolerance: 0.01);
        Assert.Equal(9.9, frame.P99Ms, tolerance: 0.01);
        var histogram = HistogramEncoding.DecodeFromCompressedByteBuffer(ByteBuffer.Allocate(frame.Histogram), 0);
        Assert.Equal(100, histogram.TotalCount);
        Assert.Equal(5_000_000, histogram.GetValueAtPercentile(50), tolerance: 5_000.0);
    }

    [Fact]
    public void Totals_KnownTasks_GivesWallTimeAndLatency()
    {
        var recorder = Begin(workers: 2, tasks: 10);
        recorder.Fold([Samples.Task(0, 1010, 1020), Samples.Task(1, 1015, 1045, isError: true), Samples.Task(0, 1020, 1040)], Later);
        recorder.End((BeginMs + 45) * Ms, Samples.At((BeginMs + 50) * Ms));

        var totals = recorder.Totals();

        Assert.Equal((3, 1, 35.0), (totals.Tasks, totals.Errors, totals.WallMs));
        Assert.Equal((30.0, 20.0), (totals.Latency.MaxMs, totals.Latency.MeanMs));
        Assert.Equal("service", totals.Latency.Kind);
    }

    [Fact]
    public void Totals_Samples_GivesTheDifferencesAndThePeak()
    {
        var recorder = new TrialRecorder(0, 1, new LoadBounds(10, null));
        recorder.Begin(BeginMs * Ms, Samples.At(BeginMs * Ms, 100, 50, 10 << 20, 5, 6));
        recorder.Tick(Samples.At((BeginMs + 101) * Ms, 150, 60, 30 << 20, 15, 7));
        recorder.End((BeginMs + 200) * Ms, Samples.At((BeginMs + 201) * Ms, 190, 70, 20 << 20, 25, 9));

        var totals = recorder.Totals();

        Assert.Equal((90.0, 20.0, 20L, 3L, 30L << 20), (totals.CpuUserMs, totals.CpuSystemMs, totals.SwitchesVoluntary, totals.SwitchesInvoluntary, totals.PeakMemoryBytes));
    }

    [Fact]
    public void End_InTheMiddleOfAFrame_GivesAShorterLastFrame()
    {
        var recorder = Begin(workers: 1, tasks: 2);
        recorder.Fold([Samples.Task(0, 1000, 1100), Samples.Task(0, 1100, 1130)], Later);

        var frames = recorder.End((BeginMs + 130) * Ms, Samples.At((BeginMs + 140) * Ms, userMs: 130));

        Assert.Equal([(0, 100.0, 1L), (1, 30.0, 1L)], frames.Select(frame => (frame.Number, frame.DurationMs, frame.Tasks)));
        Assert.Equal(130, frames.Sum(frame => frame.CpuUserMs));
    }

    [Fact]
    public void Tick_LateClock_SharesWhatWasUsedOutOverTheFrames()
    {
        var recorder = Begin(workers: 1, tasks: 10);

        var frames = recorder.Tick(Samples.At((BeginMs + 401) * Ms, userMs: 200, voluntary: 40));

        Assert.Equal([50.0, 50.0, 50.0], frames.Select(frame => frame.CpuUserMs));
        Assert.Equal([10L, 10L, 10L], frames.Select(frame => frame.SwitchesVoluntary));
    }

    [Fact]
    public void Fold_AnyRecords_FramesAddUpToTheTotal()
    {
        var random = new Random(7);
        var recorder = Begin(workers: 3, tasks: 5000);
        var frames = new List<Frame>();
        for (var at = BeginMs + 50; at < BeginMs + 2000; at += 50)
        {
            var end = at;
            recorder.Fold([.. Enumerable.Range(0, 40).Select(_ => Samples.Task(random.Next(3), end - random.Next(1, 50), end - random.Next(0, 1)))], Later);
            frames.AddRange(recorder.Tick(Samples.At(at * Ms)));
        }

        frames.AddRange(recorder.End((BeginMs + 2000) * Ms, Samples.At((BeginMs + 2001) * Ms)));

        Assert.Equal(recorder.Totals().Tasks, frames.Sum(frame => frame.Tasks));
        Assert.Equal(frames.Sum(frame => frame.Tasks), frames.Sum(frame => frame.Workers.Sum(worker => worker.Tasks)));
        Assert.Equal(Enumerable.Range(0, frames.Count), frames.Select(frame => frame.Number));
    }

    [Theory]
    [InlineData(2, 1000, 1010, 0, "worker 2")]
    [InlineData(0, 900, 1010, 0, "starts before measuring began")]
    [InlineData(0, 1010, 1000, 0, "ends before it starts")]
    [InlineData(0, 1000, 9000, 0, "ends in the future")]
    public void Fold_RecordThatMakesNoSense_SaysWhy(int worker, long startMs, long endMs, int from, string reason)
    {
        var recorder = Begin(workers: 2, tasks: 10);

        var exception = Assert.Throws<ProtocolException>(() => recorder.Fold([Samples.Task(0, 1000, 1001), Samples.Task(worker, startMs, endMs)], (BeginMs + 1000) * Ms));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal(1 + from, recorder.Tasks);
    }

    [Fact]
    public void Fold_MoreThanTheLoad_Throws() =>
        Assert.Throws<ProtocolException>(() => Begin(workers: 1, tasks: 1).Fold([Samples.Task(0, 1000, 1001), Samples.Task(0, 1001, 1002)], Later));

    [Fact]
    public void Fold_MillionsOfRecords_AllocatesNothingForThem()
    {
        var recorder = new TrialRecorder(0, 1, new LoadBounds(null, Later));
        recorder.Begin(BeginMs * Ms, Samples.At(BeginMs * Ms));
        var batch = Enumerable.Range(0, 1000).Select(index => Samples.Task(0, 1000, 1001 + (index % 90))).ToArray();
        recorder.Fold(batch, Later);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 2000; round++)
        {
            recorder.Fold(batch, Later);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(2_001_000, recorder.Tasks);
    }

    private static TrialRecorder Begin(int workers, long tasks)
    {
        var recorder = new TrialRecorder(0, workers, new LoadBounds(tasks, null));
        recorder.Begin(BeginMs * Ms, Samples.At(BeginMs * Ms));
        return recorder;
    }
}
