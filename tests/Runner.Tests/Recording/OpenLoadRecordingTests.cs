using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

public sealed class OpenLoadRecordingTests
{
    private const long Ms = 1_000_000;
    private const long BeginMs = 1000;

    [Fact]
    public void Totals_LateTask_CountsFromTheIntendedStartBesideTheActual()
    {
        var recorder = Begin();
        recorder.Fold([Task(0, 0, 10), Task(10, 90, 95), Task(20, 95, 100)], long.MaxValue / 2);
        var frame = Assert.Single(recorder.End((BeginMs + 100) * Ms, Samples.At((BeginMs + 101) * Ms)));

        var totals = recorder.Totals();

        Assert.Equal(("response", 85.0, 175 / 3.0), (totals.Latency.Kind, totals.Latency.MaxMs, totals.Latency.MeanMs));
        Assert.Equal(("service", 10.0, 20 / 3.0), (totals.Uncorrected!.Kind, totals.Uncorrected.MaxMs, totals.Uncorrected.MeanMs));
        Assert.Equal(80, totals.SchedulingP99Ms!.Value, tolerance: 0.1);
        Assert.Equal(80, frame.P50Ms, tolerance: 0.1);
        Assert.NotEmpty(totals.UncorrectedHistogram);
        Assert.NotEqual(totals.Histogram, totals.UncorrectedHistogram);
    }

    [Theory]
    [InlineData(100, 1000)] // the last of 10 arrivals at 900 ms takes its interval to the end
    [InlineData(1300, 1300)] // a backlog
    public void Totals_CompletedSchedule_HasItsWholeTime(long lastEnd, double wallMs)
    {
        var recorder = Begin();
        recorder.Fold([Task(0, 50, lastEnd)], long.MaxValue / 2);

        recorder.End((BeginMs + Math.Max(900, lastEnd)) * Ms, Samples.At((BeginMs + 1301) * Ms));

        Assert.Equal(wallMs, recorder.Totals().WallMs);
    }

    [Fact]
    public void Totals_BrokenOff_HasTheTimeToTheLastTask()
    {
        var recorder = Begin();
        recorder.Fold([Task(0, 50, 100)], long.MaxValue / 2);

        recorder.End((BeginMs + 300) * Ms, Samples.At((BeginMs + 301) * Ms));

        Assert.Equal(100, recorder.Totals().WallMs);
    }

    [Fact]
    public void Tick_WorkerThatWaitsForArrivals_IsIdle()
    {
        var recorder = Begin();
        recorder.Fold([Task(0, 0, 10)], long.MaxValue / 2);

        var frame = recorder.Tick(Samples.At((BeginMs + 201) * Ms))[0];

        Assert.Equal(0.1, frame.Workers[0].Busy, tolerance: 0.001);
    }

    [Theory]
    [InlineData(-20, "A task record has an intended start that cannot be")]
    [InlineData(60, "A task record has an intended start that cannot be")]
    public void Fold_IntendedStartThatCannotBe_IsRefused(long intended, string message) =>
        Assert.StartsWith(message, Assert.Throws<ProtocolException>(() => Begin().Fold([Task(intended, 50, 55)], long.MaxValue / 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void Fold_IntendedStartInAClosedLoad_IsRefused()
    {
        var recorder = new TrialRecorder(0, 1, new LoadBounds(10, null));
        recorder.Begin(BeginMs * Ms, Samples.At(BeginMs * Ms));

        Assert.Throws<ProtocolException>(() => recorder.Fold([Task(0, 0, 1)], long.MaxValue / 2));
    }

    /// <summary>10 arrivals in a second.</summary>
    private static TrialRecorder Begin()
    {
        var recorder = new TrialRecorder(0, 1, new LoadBounds(null, null, new ArrivalSchedule([new TrialStage(10, 1000)])));
        recorder.Begin(BeginMs * Ms, Samples.At(BeginMs * Ms));
        return recorder;
    }

    /// <summary>In milliseconds after measuring began.</summary>
    private static TaskRecord Task(long intended, long start, long end) => new(0, isError: false, (BeginMs + intended) * Ms, (BeginMs + start) * Ms, (BeginMs + end) * Ms);
}
