using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class ThresholdTests
{
    [Theory]
    [InlineData("latency.p99 < 250ms", "latency.p99", "<", 250)]
    [InlineData("latency.max<=1.5s", "latency.max", "<=", 1_500)]
    [InlineData("errors.ratio < 1%", "errors.ratio", "<", 0.01)]
    [InlineData("errors.ratio <= 0.05", "errors.ratio", "<=", 0.05)]
    [InlineData("errors.count < 1", "errors.count", "<", 1)]
    [InlineData("throughput > 100/s", "throughput", ">", 100)]
    [InlineData("  throughput  >=  90/m ", "throughput", ">=", 1.5)]
    [InlineData("memory.peak < 512MiB", "memory.peak", "<", 536_870_912)]
    public void TryParse_Condition_GivesMetricComparisonAndValue(string text, string metric, string comparison, double value)
    {
        Assert.True(Threshold.TryParse(text, out var threshold, out var error), error);
        Assert.Equal(new Threshold(metric, comparison, value), threshold);
    }

    [Fact]
    public void TryParse_EveryMetricWithItsUnit_IsKnown()
    {
        foreach (var metric in Threshold.Metrics)
        {
            var value = metric.StartsWith("latency", StringComparison.Ordinal) ? "1ms" : "1";
            Assert.True(Threshold.TryParse($"{metric} < {value}", out _, out var error), error);
        }
    }

    [Theory]
    [InlineData("", "'' is no condition; write METRIC, one of <, <=, >, >=, and a value, for example 'latency.p99 < 250ms'.")]
    [InlineData("fast", "'fast' is no condition; write METRIC, one of <, <=, >, >=, and a value, for example 'latency.p99 < 250ms'.")]
    [InlineData("throughput >", "'throughput >' is no condition; write METRIC, one of <, <=, >, >=, and a value, for example 'latency.p99 < 250ms'.")]
    [InlineData("< 3ms", "'< 3ms' is no condition; write METRIC, one of <, <=, >, >=, and a value, for example 'latency.p99 < 250ms'.")]
    [InlineData("throughput == 3", "'==' is no comparison; use one of <, <=, > and >=.")]
    [InlineData("throughput => 3", "'=>' is no comparison; use one of <, <=, > and >=.")]
    [InlineData("latency.p98 < 3ms", "'latency.p98' is no metric; did you mean 'latency.p90'? Metrics: latency.p50, latency.p90, latency.p95, latency.p99, latency.p999, latency.max, latency.mean, errors.ratio, errors.count, throughput, memory.peak.")]
    [InlineData("latency.p99 < 3", "'3' is no value of latency.p99; write a number with a unit of ms, s, m or h, for example '500ms' or '5s'.")]
    [InlineData("errors.ratio < 150%", "'150%' is no value of errors.ratio; write a share, for example '1%' or '0.01', from 0 to 1.")]
    [InlineData("errors.count < 1.5", "'1.5' is no value of errors.count; write a whole number.")]
    [InlineData("throughput > 3ms", "'3ms' is no value of throughput; write a number per second, minute or hour, for example '500/s', '30/m' or '10/h'.")]
    [InlineData("memory.peak < 3X", "'3X' is no value of memory.peak; write a whole number of bytes, or a number with a unit of B, KB, MB, GB, KiB, MiB or GiB, for example '64KiB'.")]
    public void TryParse_OtherText_SaysWhatIsWrong(string text, string message)
    {
        Assert.False(Threshold.TryParse(text, out var threshold, out var error));
        Assert.Null(threshold);
        Assert.Equal(message, error);
    }

    [Fact]
    public void TryParse_HugeText_IsRefusedAndCut()
    {
        Assert.False(Threshold.TryParse(new string('<', 100_000), out _, out var error));
        Assert.True(error.Length < 200);
    }

    [Theory]
    [InlineData("<", false, true, false)]
    [InlineData("<=", true, true, false)]
    [InlineData(">", false, false, true)]
    [InlineData(">=", true, false, true)]
    public void Holds_Comparison_IsAsWritten(string comparison, bool equal, bool below, bool above)
    {
        var threshold = new Threshold("throughput", comparison, 10);

        Assert.Equal((equal, below, above), (threshold.Holds(10), threshold.Holds(9), threshold.Holds(11)));
    }
}
