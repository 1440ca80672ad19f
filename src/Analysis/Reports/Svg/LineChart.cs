using Brigade.Analysis.View;

namespace Brigade.Analysis.Reports.Svg;

/// <summary>One line over whole numbers of workers.</summary>
/// <param name="Class">Of the style sheet, for its colour and dashes.</param>
internal sealed record LineItem(string Label, string Class, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Lines over workers, with the ideal up to the cores that exist; its legend is below.</summary>
internal static class LineChart
{
    private const int Width = 420;
    private const int Height = 260;
    private const int Left = 40;
    private const int Right = 12;
    private const int Top = 10;
    private const int Bottom = 40;
    private const int LegendRow = 20;
    private const int SwatchWidth = 30;

    public static string Draw(IReadOnlyList<LineItem> lines, int cores, string label)
    {
        var most = Math.Max(2, lines.Max(line => line.Points.Max(point => point.X)));
        var ideal = Math.Min(most, cores > 0 ? cores : most);
        var ticks = Ticks.Linear(Math.Max(ideal, lines.Max(line => line.Points.Max(point => point.Y))));
        var svg = new SvgText(Width, Height + ((lines.Count + 1) * LegendRow), label);
        foreach (var tick in ticks)
            svg.Line(Left, Y(tick), Width - Right, Y(tick), "grid").Words(Left - 6, Y(tick) + 4, Naming.Number(tick), "axis", "end");
        foreach (var workers in lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order())
            svg.Words(X(workers), Height - Bottom + 16, Naming.Number(workers), "axis", "middle");
        svg.Words(Width / 2.0, Height - 6, "workers", "axis", "middle").Path([(X(1), Y(1)), (X(ideal), Y(ideal)), (X(most), Y(ideal))], "line ideal");
        foreach (var line in lines)
        {
            svg.Path([.. line.Points.Select(point => (X(point.X), Y(point.Y)))], "line " + line.Class);
            foreach (var point in line.Points)
                svg.Dot(X(point.X), Y(point.Y), 4, "dot " + line.Class);
        }

        Legend(svg, lines);
        return svg.ToString();

        double X(double value) => Left + 8 + ((value - 1) / (most - 1) * (Width - Left - Right - 16));
        double Y(double value) => Height - Bottom - (value / ticks[^1] * (Height - Bottom - Top));
    }

    private static void Legend(SvgText svg, IReadOnlyList<LineItem> lines)
    {
        foreach (var (row, (label, classes)) in lines.Select(line => (line.Label, line.Class)).Append(("ideal", "ideal")).Index())
        {
            var y = Height + (row * LegendRow) + 12;
            svg.Line(Left, y - 4, Left + SwatchWidth, y - 4, "line " + classes).Words(Left + SwatchWidth + 8, y, SvgText.Fit(label, Width - Left - SwatchWidth - 20), "name");
        }
    }
}
