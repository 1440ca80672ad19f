using Brigade.Analysis.Changes;
using Brigade.Analysis.Statistics;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Trends;

/// <summary>Turns the points of a cell into series. Pure.</summary>
internal static class TrendBuilder
{
    /// <summary>Fewer figures say nothing of how much they scatter.</summary>
    private const int FewestForABand = 4;

    /// <summary>How far from their level, in robust standard deviations, nearly all figures of normal noise lie.</summary>
    private const double BandWidth = 3;

    /// <summary>One series for each machine, the one with the newest point first.</summary>
    public static IReadOnlyList<TrendSeries> Series(TrendCell cell, IReadOnlyList<TrendPoint> points, IReadOnlyList<ChangeRow> changes, TrendMetric metric) =>
        [.. points
            .GroupBy(point => point.MachineKey, StringComparer.Ordinal)
            .OrderByDescending(same => same.Max(point => point.EndedAt))
            .Select((same, dash) => new TrendSeries(
                cell.Key, cell.Name, cell.Strategy, dash, same.Key,
                [.. same.Select(point => Value(point, metric)).OfType<TrendValue>()],
                metric == TrendMetric.Errors ? [] : Expected([.. same.Select(point => Value(point, metric)).OfType<TrendValue>()], [.. changes.Where(change => Belongs(change, cell.Key, same.Key) && TrendView.Splits(change, metric))])))];

    /// <summary>Null where an import does not tell the figure.</summary>
    public static TrendValue? Value(TrendPoint point, TrendMetric metric)
    {
        var level = metric switch
        {
            TrendMetric.Throughput => point.Throughput,
            TrendMetric.P50 => point.P50Ms,
            TrendMetric.P99 => point.P99Ms,
            _ => new Level(point.ErrorRatio, point.ErrorRatio, point.ErrorRatio),
        };
        return level is null ? null : new TrendValue(point.RunId, point.EndedAt, level.Median, level.Low, level.High, point.Completed, point.Source);
    }

    private static bool Belongs(ChangeRow change, string cell, string machine) =>
        string.Equals(change.CellKey, cell, StringComparison.Ordinal) && string.Equals(change.MachineKey, machine, StringComparison.Ordinal);

    /// <summary>A band for each stretch between two changes.</summary>
    private static IReadOnlyList<ExpectedBand> Expected(IReadOnlyList<TrendValue> values, IReadOnlyList<ChangeRow> changes)
    {
        List<ExpectedBand> bands = [];
        DateTimeOffset[] borders = [DateTimeOffset.MinValue, .. changes.Select(change => change.At).Order(), DateTimeOffset.MaxValue];
        for (var i = 0; i + 1 < borders.Length; i++)
        {
            var stretch = values.Where(value => value.At >= borders[i] && value.At < borders[i + 1]).ToList();
            if (stretch.Count < FewestForABand)
                continue;
            var figures = stretch.ConvertAll(value => value.Value);
            var level = Median.Of(figures);

            // What is no wider than this is never reported as a change, however little the figures scatter.
            var half = Math.Max(BandWidth * Spread.NormalConsistency * Spread.MedianAbsoluteDeviation(figures), NoiseModel.Default.MinimumShift * Math.Abs(level));
            bands.Add(new ExpectedBand(stretch[0].At, stretch[^1].At, level, Math.Max(0, level - half), level + half));
        }

        return bands;
    }
}
