using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Trends;

/// <summary>A trend as its chart takes it, and as a sentence for who cannot see it.</summary>
internal static class TrendChart
{
    /// <summary>What <c>trendChart.js</c> takes.</summary>
    public static object Data(TrendView view) => new
    {
        metric = EnumName.Of(view.Metric),
        lines = view.Series.Select(series => new
        {
            name = Name(view, series),
            strategy = series.Strategy,
            dash = series.Dash,
            points = series.Points.Select(point => new object[] { point.At.ToUnixTimeMilliseconds(), point.Value, point.Low, point.High, point.RunId, point.Source, point.Completed }).ToArray(),
            expected = series.Expected.Select(band => new[] { band.From.ToUnixTimeMilliseconds(), band.To.ToUnixTimeMilliseconds(), band.Low, band.High }).ToArray(),
        }).ToArray(),
        changes = Drawn(view).Select(change => new
        {
            line = LineOf(view, change),
            at = change.At.ToUnixTimeMilliseconds(),
            run = change.RunId,
            text = ChangeWords.Of(change),
            better = change.IsImprovement,
        }).ToArray(),
        notes = view.Annotations.Select(annotation => new { at = annotation.At.ToUnixTimeMilliseconds(), text = annotation.Text }).ToArray(),
    };

    /// <summary>A cell, and the machine where there are several.</summary>
    public static string Name(TrendView view, TrendSeries series) =>
        view.Series.Select(other => other.Machine).Distinct(StringComparer.Ordinal).Count() > 1 ? $"{series.Name} ({Machine(series.Machine)})" : series.Name;

    public static string Machine(string machine) => machine.Length > 0 ? machine : "unknown machine";

    // What is in none of the lines has no place in the chart.
    private static IEnumerable<ChangeRow> Drawn(TrendView view) => view.Changes.Where(change => TrendView.Splits(change, view.Metric) && LineOf(view, change) >= 0);

    // The same run is a point of every cell that it measured.
    private static int LineOf(TrendView view, ChangeRow change) => view.Series.Index()
        .Where(series => string.Equals(series.Item.CellKey, change.CellKey, StringComparison.Ordinal) && string.Equals(series.Item.Machine, change.MachineKey, StringComparison.Ordinal))
        .Select(series => series.Index).DefaultIfEmpty(-1).First();

    public static string Summary(TrendView view, ReaderClock clock)
    {
        var lines = view.Series.Where(series => series.Points.Count > 0).Select(series =>
            $"{Name(view, series)}: {Numbers.Count(series.Points.Count, "run")}, {ChangeWords.Figure(view.Metric, series.Points[0].Value)} on {clock.Short(series.Points[0].At)}, {ChangeWords.Figure(view.Metric, series.Points[^1].Value)} on {clock.Short(series.Points[^1].At)}");
        var changes = Drawn(view).Select(change => $"{ChangeWords.Of(change)} on {clock.Short(change.At)}").Take(5).ToList();
        return $"Line chart: {ChangeWords.Of(view.Metric)} over time. {string.Join(". ", lines)}. {(changes.Count == 0 ? "No change of level" : string.Join(". ", changes))}. The table below has every figure.";
    }
}
