using System.Text;
using Brigade.Analysis.Comparing;

namespace Brigade.Analysis.Reports.Comparisons;

/// <summary>For a pull request: what differs, and a table per metric.</summary>
internal sealed class ComparisonMarkdownExporter : IComparisonExporter
{
    public string Name => "markdown";

    public string Title => "Markdown";

    public string MediaType => "text/markdown";

    public string Extension => ".md";

    public string Write(Comparison comparison)
    {
        var text = new StringBuilder();
        Line(text, "### Comparison");
        Line(text, "");
        for (var run = 0; run < comparison.Runs.Count; run++)
        {
            var verdict = run == 0 ? "the base" : string.Join("; ", Metrics.All.Select(metric => $"{ComparisonText.Metric(metric)} {ComparisonText.Summary(comparison, run, metric)}"));
            Line(text, $"- {MarkdownText.Code(ComparisonText.Run(comparison, run))}: {verdict}");
        }

        Line(text, "");
        foreach (var difference in comparison.Differences)
            Line(text, $"- {(difference.Severity == DifferenceSeverity.Warning ? "**mind:** " : "")}{MarkdownText.Escape(difference.Text)}");
        if (comparison.Differences.Count > 0)
            Line(text, "");
        foreach (var metric in Metrics.All)
            Table(text, comparison, metric);
        return text.ToString();
    }

    private static void Table(StringBuilder text, Comparison comparison, string metric)
    {
        Line(text, $"| {ComparisonText.Metric(metric)} | {string.Join(" | ", comparison.Runs.Select((_, run) => run == 0 ? "A (base)" : $"{ComparisonText.Letter(run)} | change | verdict"))} |");
        Line(text, $"|:--|--:|{string.Concat(comparison.Runs.Skip(1).Select(_ => "--:|--:|:--|"))}");
        foreach (var cell in comparison.Cells)
            Line(text, $"| {MarkdownText.Code(cell.Label)} | {string.Join(" | ", comparison.Runs.Select((_, run) => Columns(cell, run, metric)))} |");
        Line(text, "");
    }

    private static string Columns(ComparedCell cell, int run, string metric)
    {
        var value = cell.Runs[run] is { } measured && measured.Of(metric).Values.Count > 0 ? ComparisonText.Value(metric, measured.Of(metric).Median) : ReportText.None;
        if (run == 0)
            return value;
        return cell.Verdicts.FirstOrDefault(candidate => candidate.Run == run && candidate.Metric == metric) is not { } verdict ? $"{value} | {ReportText.None} | {ReportText.None}"
            : $"{value} | {ComparisonText.Shift(verdict)} | {(verdict.Verdict is Verdict.Faster or Verdict.Slower ? $"**{ComparisonText.Verdict(verdict.Verdict)}**" : ComparisonText.Verdict(verdict.Verdict))}";
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
