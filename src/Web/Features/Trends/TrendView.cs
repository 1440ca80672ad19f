using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Trends;

/// <summary>What a trend follows.</summary>
public enum TrendMetric
{
    Throughput,
    P50,
    P99,
    Errors,
}

/// <summary>One run's figure for one cell.</summary>
/// <param name="Low">Lower end of the 95 % interval of the median.</param>
/// <param name="Source">Empty where it was measured here; else the tool that it was imported from.</param>
public sealed record TrendValue(Guid RunId, DateTimeOffset At, double Value, double Low, double High, int Completed, string Source);

/// <summary>Where figures are expected as long as nothing changes.</summary>
/// <param name="Level">The median of the stretch.</param>
public sealed record ExpectedBand(DateTimeOffset From, DateTimeOffset To, double Level, double Low, double High);

/// <summary>One cell on one machine. Different machines are different series: their figures are never mixed.</summary>
/// <param name="Machine">Empty where an import does not tell.</param>
public sealed record TrendSeries(string CellKey, string Name, string Strategy, int Dash, string Machine, IReadOnlyList<TrendValue> Points, IReadOnlyList<ExpectedBand> Expected);

/// <summary>A cell that can be chosen.</summary>
public sealed record TrendCell(string Key, string Name, string Strategy);

/// <summary>Everything that the trend of an experiment shows.</summary>
/// <param name="HasOlder">Whether points were left out, because there are too many.</param>
public sealed record TrendView(
    Guid ExperimentId, string ExperimentName, TrendMetric Metric, IReadOnlyList<TrendCell> Cells, IReadOnlyList<string> Chosen, IReadOnlyList<TrendSeries> Series,
    IReadOnlyList<ChangeRow> Changes, IReadOnlyList<AnnotationRow> Annotations, bool HasOlder)
{
    /// <summary>Whether a change belongs into the chart of a metric and counts there.</summary>
    internal static bool Splits(ChangeRow change, TrendMetric metric) => change.State is ChangeState.Open or ChangeState.Accepted && metric switch
    {
        TrendMetric.Throughput => change.Metric == ChangeMetric.Throughput,
        TrendMetric.P99 => change.Metric == ChangeMetric.P99,
        TrendMetric.P50 => true,
        _ => false,
    };
}
