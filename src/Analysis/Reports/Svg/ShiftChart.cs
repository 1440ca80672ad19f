namespace Brigade.Analysis.Reports.Svg;

/// <summary>A relative change with its interval.</summary>
/// <param name="Class">Of the style sheet, for its colour.</param>
internal sealed record ShiftItem(string Label, string Class, double Shift, double Low, double High);

/// <summary>Changes around the line that means none, each a dot with its interval.</summary>
internal static class ShiftChart
{
    private const int Width = 420;
    private const int RowHeight = 36;
    private const int Top = 22;
    private const int Side = 34;

    /// <summary>Shifts beyond this end at the picture's edge: one tenfold change must not flatten all others.</summary>
    private const double MostShown = 1;

    public static string Draw(IReadOnlyList<ShiftItem> items, string label)
    {
        var span = Math.Clamp(items.Max(item => Math.Max(Math.Abs(item.Low), Math.Max(Math.Abs(item.High), Math.Abs(item.Shift)))), 0.01, MostShown);
        var edge = Ticks.Linear(span)[^1];
        var height = Top + (items.Count * RowHeight) + 4;
        var svg = new SvgText(Width, height, label);
        foreach (var tick in new[] { -edge, -edge / 2, 0, edge / 2, edge })
            svg.Line(X(tick), Top - 6, X(tick), height, tick == 0 ? "grid zero" : "grid").Words(X(tick), 11, Percent(tick), "axis", "middle");
        foreach (var (index, item) in items.Index())
        {
            var y = Top + (index * RowHeight);
            svg.Words(0, y + 12, SvgText.Fit(item.Label, Width), "name").Line(X(item.Low), y + 24, X(item.High), y + 24, "range " + item.Class).Dot(X(item.Shift), y + 24, 4.5, "dot " + item.Class);
        }

        return svg.ToString();

        double X(double value) => Side + ((Math.Clamp(value, -edge, edge) + edge) / (2 * edge) * (Width - (2 * Side)));
    }

    private static string Percent(double value) => (value * 100).ToString("+0.##;-0.##;0", System.Globalization.CultureInfo.InvariantCulture) + " %";
}
