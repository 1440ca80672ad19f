using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Experiments;

namespace Brigade.Web.Tests.Features.Experiments;

public sealed class PlanEstimateTests
{
    [Fact]
    public void Of_Waiting_DividesByTheWorkers()
    {
        var spec = Sleep(Strategy.Threads, workers: 16);
        // 64 waits of 50 ms by 16 workers, and the start of the process.
        Assert.InRange(Estimate(spec)!.Value.TotalMilliseconds, 200, 500);
    }

    [Fact]
    public void Of_WaitingOneAfterTheOther_IsTheSum() => Assert.InRange(Estimate(Sleep(Strategy.Sequential, workers: 1))!.Value.TotalMilliseconds, 3200, 3500);

    [Fact]
    public void Of_Duration_IsTheDuration() =>
        Assert.InRange(Estimate(Sleep(Strategy.Threads, 2) with { Load = new LoadSpec { Duration = TimeSpan.FromSeconds(5) } })!.Value.TotalSeconds, 5, 5.5);

    [Fact]
    public void Of_OwnCode_IsUnknown() => Assert.Null(Estimate(SpecPresets.Find("my-python")!.Spec));

    [Fact]
    public void Of_TooLong_IsNoMoreThanTheTimeOut() =>
        Assert.Equal(TimeSpan.FromSeconds(1), Estimate(Sleep(Strategy.Sequential, 1) with { Limits = new LimitsSpec { TrialTimeout = TimeSpan.FromSeconds(1) } }));

    private static ExperimentSpec Sleep(Strategy strategy, int workers) => new()
    {
        Name = "waits",
        Workload = new WorkloadSpec { Kernel = "io.sleep", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(50) } },
        Matrix = new MatrixSpec { Strategy = [strategy], Workers = [workers] },
        Load = new LoadSpec { Tasks = 64 },
        Warmup = new WarmupSpec { Tasks = 0 },
        Repeat = 1,
    };

    private static TimeSpan? Estimate(ExperimentSpec spec) => PlanEstimate.Of(spec, TrialPlanner.Expand(spec, 1), cores: 2);
}
