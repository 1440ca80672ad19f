using Brigade.Analysis.Comparing;
using Brigade.Analysis.Reports.Html;
using Brigade.Analysis.Reports.Svg;

namespace Brigade.Analysis.Reports.Comparisons;

/// <summary>One file that shows a comparison anywhere, as <see cref="HtmlExporter"/> shows a run.</summary>
internal sealed class ComparisonHtmlExporter : IComparisonExporter
{
    private const int MostShifts = 60;

    public string Name => "html";

    public string Title => "HTML report";

    public string MediaType => "text/html";

    public string Extension => ".html";

    public string Write(Comparison comparison) => WithRemark(comparison, "");

    /// <param name="remark">Said below the title; nothing where empty.</param>
    internal static string WithRemark(Comparison comparison, string remark)
    {
        var html = new HtmlText();
        html.Element("h1", $"Comparison of {comparison.Runs.Count} runs");
        html.Element("p", remark, "class=\"soft\"");
        Runs(html, comparison);
        Differences(html, comparison);
        Charts(html, comparison);
        foreach (var metric in Metrics.All)
            Table(html, comparison, metric);
        return HtmlPage.Wrap($"Comparison: {string.Join(", ", comparison.Runs.Select(run => run.Name).Distinct(StringComparer.Ordinal))} – Brigade", html);
    }

    private static void Runs(HtmlText html, Comparison comparison)
    {
        html.Line("<section aria-labelledby=\"runs\"><h2 id=\"runs\">Runs</h2>");
        html.Table("Runs", ["Run", .. Metrics.All.Select(metric => "Cells by " + ComparisonText.Metric(metric))], comparison.Runs.Select((_, run) => new[] { ComparisonText.Run(comparison, run) }
            .Concat(Metrics.All.Select(metric => run == 0 ? "the base" : ComparisonText.Summary(comparison, run, metric))).ToArray()));
        html.Line("</section>");
    }

    private static void Differences(HtmlText html, Comparison comparison)
    {
        if (comparison.Differences.Count == 0)
            return;
        html.Line("<section aria-labelledby=\"differences\"><h2 id=\"differences\">What differs besides</h2>\n<ul>");
        foreach (var difference in comparison.Differences)
            html.Raw("<li>").Raw(difference.Severity == DifferenceSeverity.Warning ? "<strong class=\"mind\">Mind:</strong> " : "").Raw(SvgText.Escape(difference.Text)).Line("</li>");
        html.Line("</ul></section>");
    }

    private static void Charts(HtmlText html, Comparison comparison)
    {
        var charts = Metrics.All.Select(metric => (Metric: metric, Svg: Chart(comparison, metric))).Where(chart => chart.Svg is not null).ToArray();
        if (charts.Length == 0)
            return;
        html.Line("<section aria-labelledby=\"charts\"><h2 id=\"charts\">Changes</h2>\n<div class=\"charts\">");
        foreach (var (metric, svg) in charts)
        {
            html.Line("<figure><figcaption>").Element("h3", $"Change of {ComparisonText.Metric(metric)} against the base")
                .Element("p", $"The dot is the shift, the line its interval; {(Metrics.MoreIsBetter(metric) ? "right" : "left")} is better.").Line("</figcaption>").Raw(svg!).Line("</figure>");
        }

        html.Line("</div></section>");
    }

    /// <summary>The changes of a metric as a picture; null where there is none to draw.</summary>
    internal static string? Chart(Comparison comparison, string metric)
    {
        var items = comparison.Cells
            .SelectMany(cell => cell.Verdicts.Where(verdict => verdict.Metric == metric && verdict.Low < verdict.High).Select(verdict => new ShiftItem(
                comparison.Runs.Count > 2 ? $"{ComparisonText.Letter(verdict.Run)} · {cell.Label}" : cell.Label, Class(verdict.Verdict), verdict.RelativeShift, verdict.Low, verdict.High)))
            .Take(MostShifts)
            .ToArray();
        return items.Length == 0 ? null : ShiftChart.Draw(items, $"Changes of {ComparisonText.Metric(metric)} in {items.Length} cells; the table below has the same figures");
    }

    private static void Table(HtmlText html, Comparison comparison, string metric)
    {
        html.Line($"<section aria-labelledby=\"{metric}\"><h2 id=\"{metric}\">{SvgText.Escape(Naming(metric))}</h2>");
        html.Table(
            ComparisonText.Metric(metric) + " by cell",
            ["Cell", .. comparison.Runs.SelectMany((_, run) => run == 0 ? ["#A (base)"] : new[] { "#" + ComparisonText.Letter(run), "#Change", "Verdict" })],
            comparison.Cells.Select(cell => new[] { cell.Label }.Concat(comparison.Runs.SelectMany((_, run) => Columns(cell, run, metric))).ToArray()));
        html.Line("</section>");
    }

    private static string[] Columns(ComparedCell cell, int run, string metric)
    {
        var value = cell.Runs[run] is { } measured && measured.Of(metric).Values.Count > 0 ? ComparisonText.Value(metric, measured.Of(metric).Median) : ReportText.None;
        if (run == 0)
            return [value];
        return cell.Verdicts.FirstOrDefault(candidate => candidate.Run == run && candidate.Metric == metric) is { } verdict
            ? [value, ComparisonText.Shift(verdict), $"{View.Naming.Sentence(ComparisonText.Verdict(verdict.Verdict))}. {verdict.Reason}".TrimEnd()] : [value, ReportText.None, ReportText.None];
    }

    private static string Naming(string metric) => View.Naming.Sentence(ComparisonText.Metric(metric));

    private static string Class(Verdict verdict) => verdict switch { Verdict.Faster => "good", Verdict.Slower => "bad", _ => "soft" };
}
