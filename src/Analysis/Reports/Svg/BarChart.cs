namespace Brigade.Analysis.Reports.Svg;

/// <summary>One bar.</summary>
/// <param name="Class">Of the style sheet, for its colour.</param>
/// <param name="Low">The interval's ends; equal to each other where there is none.</param>
internal sealed record BarItem(string Label, string Class, double Value, double Low, double High, string Figure);

/// <summary>Bars from left to right, each below its name, with its interval as a whisker.</summary>
internal static class BarChart
{
    private const int Width = 420;
    private const int RowHeight = 40;
    private const int Top = 4;
    private const int FigureWidth = 90;

    public static string Draw(IReadOnlyList<BarItem> bars, string label)
    {
        var largest = bars.Max(bar => Math.Max(bar.Value, bar.High));
        var scale = largest > 0 ? (Width - FigureWidth) / largest : 0;
        var svg = new SvgText(Width, Top + (bars.Count * RowHeight), label);
        foreach (var (index, bar) in bars.Index())
        {
            var y = Top + (index * RowHeight);
            var middle = y + 25;
            svg.Words(0, y + 13, SvgText.Fit(bar.Label, Width), "name").Box(0, y + 18, bar.Value * scale, 14, "bar " + bar.Class);
            if (bar.High > bar.Low)
            {
                svg.Line(bar.Low * scale, middle, bar.High * scale, middle, "whisker").Line(bar.Low * scale, middle - 4, bar.Low * scale, middle + 4, "whisker")
                    .Line(bar.High * scale, middle - 4, bar.High * scale, middle + 4, "whisker");
            }

            svg.Words((Math.Max(bar.Value, bar.High) * scale) + 6, y + 29, bar.Figure);
        }

        return svg.ToString();
    }
}
