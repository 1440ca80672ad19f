using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Recording;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

public sealed class AbortWatchTests
{
    [Fact]
    public void Of_SpecWithoutConditions_IsNull() => Assert.Null(AbortWatch.Of(Spec()));

    [Fact]
    public void Add_ConditionBroken_IsFoundAtTheNextWholeSecond()
    {
        var watch = AbortWatch.Of(Spec("errors.ratio < 5%"))!;
        Feed(watch, frames: 9, tasks: 10, errors: 1);
        Assert.Null(watch.Broken);

        Feed(watch, frames: 1, tasks: 10, errors: 1);

        Assert.Equal("errors.ratio is 10 % over the last 1 s, and abort says 'errors.ratio < 5%'", watch.Broken);
    }

    [Fact]
    public void Add_LongGoodTimeBeforeIt_DoesNotHideWhatIsWrongNow()
    {
        var watch = AbortWatch.Of(Spec("errors.ratio < 50%"))!;
        Feed(watch, frames: 600, tasks: 100, errors: 0);
        Assert.Null(watch.Broken);

        Feed(watch, frames: 30, tasks: 100, errors: 100);

        Assert.Equal("errors.ratio is 60 % over the last 5 s, and abort says 'errors.ratio < 50%'", watch.Broken);
    }

    [Fact]
    public void Add_ErrorsOfOld_AreForgottenAfterFiveSeconds()
    {
        var watch = AbortWatch.Of(Spec("errors.ratio < 50%"))!;
        Feed(watch, frames: 9, tasks: 1, errors: 1);
        Feed(watch, frames: 51, tasks: 100, errors: 0);
        Feed(watch, frames: 10, tasks: 100, errors: 45);

        Assert.Null(watch.Broken);
    }

    [Theory]
    [InlineData("latency.p50 < 5ms", "latency.p50 is 10.")]
    [InlineData("latency.max < 10ms", "latency.max is 10.")]
    [InlineData("latency.mean < 9ms", "latency.mean is ")]
    [InlineData("throughput > 200/s", "throughput is 90/s over the last 1 s")]
    [InlineData("errors.count < 10", "errors.count is 10, and abort says 'errors.count < 10'")]
    [InlineData("memory.peak < 1MiB", "memory.peak is 2 MiB, and abort says 'memory.peak < 1MiB'")]
    public void Add_AnyMetric_IsMeasured(string condition, string broken)
    {
        var watch = AbortWatch.Of(Spec("latency.p99 < 1h", condition))!;

        Feed(watch, frames: 10, tasks: 10, errors: 1);

        Assert.StartsWith(broken, watch.Broken, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_NoTaskEnded_SaysNothingOfLatencyAndErrors()
    {
        var watch = AbortWatch.Of(Spec("latency.p50 < 1ms", "errors.ratio < 1%"))!;

        Feed(watch, frames: 20, tasks: 0, errors: 0);

        Assert.Null(watch.Broken);
    }

    [Fact]
    public void Look_ShortTrial_LooksAtWhatThereIs()
    {
        var watch = AbortWatch.Of(Spec("errors.ratio < 5%"))!;
        Feed(watch, frames: 1, tasks: 10, errors: 1);

        watch.Look();

        Assert.NotNull(watch.Broken);
    }

    private static ExperimentSpec Spec(params string[] abort) => new() { Name = "a", Workload = new WorkloadSpec { Kernel = "noop" }, Abort = abort };

    /// <summary>Tasks of 10 ms in frames of 100 ms.</summary>
    private static void Feed(AbortWatch watch, int frames, int tasks, int errors)
    {
        var latencies = HistogramCodec.Create();
        for (var i = 0; i < tasks; i++)
        {
            latencies.RecordValue(10_000_000);
        }

        for (var i = 0; i < frames; i++)
        {
            watch.Add(new Frame(0, i, 100, tasks, errors, 0, 0, 0, [], 0, 0, 2 << 20, 0, 0, []), tasks == 0 ? null : latencies);
        }
    }
}
