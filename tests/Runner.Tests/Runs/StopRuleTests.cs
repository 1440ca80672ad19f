using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Xunit;

namespace Brigade.Runner.Tests.Runs;

public sealed class StopRuleTests
{
    [Fact]
    public void RelativeError_KnownValues_IsTheStandardErrorOverTheMean()
    {
        // Mean 100, standard deviation 10, so a standard error of 10 / sqrt(3).
        Assert.Equal(10 / Math.Sqrt(3) / 100, StopRule.RelativeError([90, 100, 110])!.Value, tolerance: 1e-12);
        Assert.Null(StopRule.RelativeError([5]));
        Assert.Null(StopRule.RelativeError([0, 0]));
    }

    [Fact]
    public void Enough_SteadyCell_SaysSoOnceItCompletedOftenEnough()
    {
        var rule = new StopRule(new StopSpec { RelativeError = 0.02, AtLeast = 3 }, isOpenLoad: false);
        rule.Add(Trial(0, 100));
        rule.Add(Trial(0, 101));
        Assert.Null(rule.Enough(0, 10));

        rule.Add(Trial(0, 99));

        Assert.Equal("3 of 10 repetitions were enough: the mean throughput is known to 0.58 %, and stop.relativeError asks for 2 %.", rule.Enough(0, 10));
        Assert.Null(rule.Enough(1, 10));
    }

    [Fact]
    public void Enough_NoisyOrFailedTrials_AreNotEnough()
    {
        var rule = new StopRule(new StopSpec { RelativeError = 0.02, AtLeast = 2 }, isOpenLoad: false);
        rule.Add(Trial(0, 100));
        rule.Add(Trial(0, 150));
        rule.Add(Trial(1, 100));
        rule.Add(Trial(1, 100) with { Status = TrialStatus.Failed });

        Assert.Null(rule.Enough(0, 10));
        Assert.Null(rule.Enough(1, 10));
    }

    [Fact]
    public void Enough_OpenLoad_GoesByTheMeanLatencyBecauseItsThroughputIsGiven()
    {
        var rule = new StopRule(new StopSpec { RelativeError = 0.02, AtLeast = 2 }, isOpenLoad: true);
        rule.Add(Trial(0, 100, meanMs: 1));
        rule.Add(Trial(0, 100, meanMs: 3));
        rule.Add(Trial(1, 100, meanMs: 2));
        rule.Add(Trial(1, 150, meanMs: 2));

        Assert.Null(rule.Enough(0, 10));
        Assert.Contains("mean latency", rule.Enough(1, 10), StringComparison.Ordinal);
    }

    [Fact]
    public void Enough_WithoutARule_IsNever()
    {
        var rule = new StopRule(null, isOpenLoad: false);
        rule.Add(Trial(0, 100));
        rule.Add(Trial(0, 100));

        Assert.Null(rule.Enough(0, 10));
    }

    private static TrialResult Trial(int cell, double throughput, double meanMs = 1) =>
        new() { Index = 0, Cell = cell, Repetition = 1, Status = TrialStatus.Completed, Runtime = "python", ThroughputPerSecond = throughput, Latency = new Latency { MeanMs = meanMs } };
}
