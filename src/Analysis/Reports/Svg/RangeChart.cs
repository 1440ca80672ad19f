using Brigade.Analysis.View;

namespace Brigade.Analysis.Reports.Svg;

/// <summary>Percentiles of one cell, in milliseconds, each above 0.</summary>
internal sealed record RangeItem(string Label, string Class, double P50, double P95, double P99);

/// <summary>A line from p50 to p99 for each cell, with a mark at p95, over a logarithmic axis.</summary>
internal static class RangeChart
{
    private const int Width = 420;
    private const int RowHeight = 36;
    private const int Top = 22;
    private const int Side = 26;

    public static string Draw(IReadOnlyList<RangeItem> items, string label)
    {
        var ticks = Ticks.Powers(items.Min(item => item.P50), items.Max(item => Math.Max(item.P99, item.P50)));
        var (first, last) = (Math.Log10(ticks[0]), Math.Log10(ticks[^1]));
        var height = Top + (items.Count * RowHeight) + 4;
        var svg = new SvgText(Width, height, label);
        foreach (var tick in ticks)
            svg.Line(X(tick), Top - 6, X(tick), height, "grid").Words(X(tick), 11, Naming.Milliseconds(tick), "axis", "middle");
        foreach (var (index, item) in items.Index())
        {
            var y = Top + (index * RowHeight);
            svg.Words(0, y + 12, SvgText.Fit(item.Label, Width), "name")
                .Line(X(item.P50), y + 24, X(item.P99), y + 24, "range " + item.Class).Dot(X(item.P50), y + 24, 4.5, "dot " + item.Class)
                .Line(X(item.P95), y + 19, X(item.P95), y + 29, "range " + item.Class).Line(X(item.P99), y + 17, X(item.P99), y + 31, "range " + item.Class);
        }

        return svg.ToString();

        double X(double value) => Side + ((Math.Log10(value) - first) / (last - first) * (Width - (2 * Side)));
    }
}
