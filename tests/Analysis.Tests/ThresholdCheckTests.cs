using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests;

public sealed class ThresholdCheckTests
{
    [Theory]
    [InlineData("latency.p50 < 11ms", 10, true)]
    [InlineData("latency.p90 < 10ms", 10, false)]
    [InlineData("latency.p95 <= 15ms", 15, true)]
    [InlineData("latency.p99 < 19ms", 20, false)]
    [InlineData("latency.p999 < 1s", 30, true)]
    [InlineData("latency.max >= 41ms", 40, false)]
    [InlineData("latency.mean < 11ms", 10, true)]
    [InlineData("errors.ratio < 1%", 0.02, false)]
    [InlineData("errors.count <= 4", 4, true)]
    [InlineData("throughput > 100/s", 101, true)]
    [InlineData("memory.peak < 20MiB", 20 * 1024 * 1024, false)]
    public void Evaluate_EachMetric_OnTheMedianOfTheCell(string threshold, double actual, bool holds)
    {
        var result = new RunBuilder { Thresholds = [threshold] }.Add(new Measured("dotnet", Strategy.Sequential, 1, 90, 101, 120) { Errors = 4 }).Build();

        Assert.Equal([new ThresholdOutcome(threshold, 0, holds, actual)], result.Thresholds);
    }

    [Fact]
    public void Evaluate_TwoThresholdsTwoCells_OneOutcomeEach()
    {
        var result = new RunBuilder { Thresholds = ["throughput > 100/s", "errors.count < 1"] }.Add(
            new("dotnet", Strategy.Sequential, 1, 90), new("dotnet", Strategy.Threads, 2, 180)).Build();

        Assert.Equal([(0, false), (1, true), (0, true), (1, true)], result.Thresholds.Select(outcome => (outcome.Cell, outcome.Holds)));
    }

    [Fact]
    public void Evaluate_EveryTrialOfACellFailed_DoesNotHoldAndHasNoValue()
    {
        var result = new RunBuilder { Thresholds = ["errors.count < 1"] }.Add(new Measured("dotnet", Strategy.Sequential, 1, 0) { Status = TrialStatus.Failed }).Build();

        Assert.Equal([new ThresholdOutcome("errors.count < 1", 0, Holds: false, Actual: null)], result.Thresholds);
    }

    [Theory]
    [InlineData("latency.p99 < 250ms", 0, 0, false, null)]
    [InlineData("memory.peak < 1GiB", 0, 0, false, null)]
    [InlineData("errors.ratio < 1%", 0, 0, false, null)]
    [InlineData("latency.p99 < 250ms", 200, 200, false, null)]
    [InlineData("memory.peak < 1GiB", 200, 200, false, null)]
    [InlineData("errors.ratio < 1%", 200, 200, false, 1.0)]
    [InlineData("errors.count < 1", 0, 0, true, 0.0)]
    [InlineData("throughput > 1/s", 0, 0, false, 0.0)]
    public void Evaluate_NoTaskSucceeded_NoValueThatHolds(string threshold, long tasks, long errors, bool holds, double? actual)
    {
        var result = new RunBuilder { Thresholds = [threshold] }.Add(new Measured("dotnet", Strategy.Sequential, 1, 0) { Tasks = tasks, Errors = errors }).Build();

        Assert.Equal([new ThresholdOutcome(threshold, 0, holds, actual)], result.Thresholds);
    }

    [Fact]
    public void Evaluate_CellThatWasNotTried_LeftOutAndNoted()
    {
        var result = new RunBuilder { Thresholds = ["errors.count < 1"] }.Add(new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Threads, 2)).Build();

        Assert.Equal([0], result.Thresholds.Select(outcome => outcome.Cell));
        Assert.Equal(["Thresholds were not evaluated in 1 of 2 cells, of which no trial ended."], result.Notes);
    }

    [Fact]
    public void Evaluate_ThresholdThatDoesNotParse_NotedWithTheReason()
    {
        var result = new RunBuilder { Thresholds = ["speed > 3"] }.Add(new Measured("dotnet", Strategy.Sequential, 1, 100)).Build();

        Assert.Empty(result.Thresholds);
        Assert.StartsWith("The threshold \"speed > 3\" was not evaluated: 'speed' is no metric", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_EveryKnownMetric_HasAMeasure() => Assert.All(Threshold.Metrics, metric =>
    {
        var value = metric switch { "throughput" => "1/s", "memory.peak" => "1MiB", "errors.ratio" => "1%", "errors.count" => "1", _ => "1ms" };
        Assert.Single(new RunBuilder { Thresholds = [$"{metric} > {value}"] }.Add(new Measured("dotnet", Strategy.Sequential, 1, 100)).Build().Thresholds);
    });
}
