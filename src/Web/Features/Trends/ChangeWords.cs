using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Trends;

/// <summary>Changes in words.</summary>
public static class ChangeWords
{
    /// <summary>For example <c>Throughput fell by 12 %, from 120/s to 106/s</c>.</summary>
    public static string Of(ChangeRow change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var what = change.Metric == ChangeMetric.Throughput ? "Throughput" : "99th percentile of latency";
        return $"{what} {(change.RelativeShift < 0 ? "fell" : "rose")} by {Numbers.Percent(Math.Abs(change.RelativeShift))}, from {Figure(change.Metric, change.Before)} to {Figure(change.Metric, change.After)}";
    }

    public static string Of(ChangeState state) => state switch
    {
        ChangeState.Open => "New",
        ChangeState.Accepted => "Accepted",
        ChangeState.Noise => "Noise",
        _ => "Turned out to be noise",
    };

    /// <summary>A figure of a trend with its unit.</summary>
    public static string Figure(TrendMetric metric, double value) => metric switch
    {
        TrendMetric.Throughput => Numbers.Rate(value),
        TrendMetric.Errors => Numbers.Percent(value),
        _ => Numbers.Time(value),
    };

    public static string Of(TrendMetric metric) => metric switch
    {
        TrendMetric.Throughput => "Throughput",
        TrendMetric.P50 => "Median latency",
        TrendMetric.P99 => "99th percentile of latency",
        _ => "Errors",
    };

    private static string Figure(ChangeMetric metric, double value) => Figure(metric == ChangeMetric.Throughput ? TrendMetric.Throughput : TrendMetric.P99, value);
}
