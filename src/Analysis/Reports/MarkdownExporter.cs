using System.Text;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Reports;

/// <summary>A page that pastes well into a pull request: verdict, table, thresholds, findings. Names are code, so that they mention nobody and hold no markup.</summary>
internal sealed class MarkdownExporter : IRunExporter
{
    public string Name => "markdown";

    public string Title => "Markdown";

    public string MediaType => "text/markdown";

    public string Extension => ".md";

    public string Write(RunReport report, string? part = null)
    {
        var result = report.Result;
        var swept = CellName.Swept(result.Cells.Select(cell => cell.Cell));
        var text = new StringBuilder();
        Line(text, $"### {MarkdownText.Code(result.Name)}: {ReportText.Status(result.Status)}");
        Line(text, "");
        if (report.Source.Length > 0)
            Paragraph(text, $"Imported from {MarkdownText.Escape(report.Source)}; Brigade did not measure it.");
        if (result.Advice is { } advice)
            Paragraph(text, $"**{MarkdownText.Escape(ReportText.Advice(advice))}** {MarkdownText.Escape(advice.Because)}");
        Table(text, result, swept);
        Thresholds(text, result, swept);
        foreach (var finding in result.Findings)
            Line(text, $"- {(finding.Severity is "info" ? "" : $"**{finding.Severity}:** ")}{MarkdownText.Escape(finding.Text)}");
        if (result.Findings.Count > 0)
            Line(text, "");
        foreach (var note in result.Notes)
            Paragraph(text, $"*{MarkdownText.Escape(note)}*");
        Line(text, Foot(report));
        return text.ToString();
    }

    private static void Table(StringBuilder text, RunResult result, IReadOnlySet<string> swept)
    {
        Line(text, "| Cell | Throughput | 95 % interval | Speed-up | p50 | p95 | p99 | Repetitions |");
        Line(text, "|:--|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var cell in result.Cells)
        {
            var figures = cell.Completed == 0
                ? string.Join(" | ", Enumerable.Repeat(ReportText.None, 6))
                : $"{ReportText.Rate(cell.Median.ThroughputPerSecond)} | {ReportText.Interval(cell)} | {ReportText.Times(cell.Speedup)} | {ReportText.Time(cell.Median.P50Ms)} | {ReportText.Time(cell.Median.P95Ms)} | {ReportText.Time(cell.Median.P99Ms)}";
            Line(text, $"| {MarkdownText.Code(CellName.Of(cell.Cell, swept))} | {figures} | {cell.Completed} |");
        }

        Line(text, "");
    }

    private static void Thresholds(StringBuilder text, RunResult result, IReadOnlySet<string> swept)
    {
        foreach (var threshold in result.Thresholds.GroupBy(outcome => outcome.Threshold, StringComparer.Ordinal))
        {
            var failed = threshold.Where(outcome => !outcome.Holds).ToArray();
            Line(text, failed.Length == 0
                ? $"- {MarkdownText.Code(threshold.Key)} holds in {(threshold.Count() == 1 ? "the one cell" : $"all {threshold.Count()} cells")}"
                : $"- {MarkdownText.Code(threshold.Key)} **does not hold** in {failed.Length} of {Naming.Count(threshold.Count(), "cell")}: "
                    + string.Join("; ", failed.Select(outcome => $"{MarkdownText.Code(CellName.Of(result.Cells[outcome.Cell].Cell, swept))} {ReportText.Actual(outcome)}")));
        }

        if (result.Thresholds.Count > 0)
            Line(text, "");
    }

    private static string Foot(RunReport report)
    {
        List<string> parts = [];
        if (report.StartedAt is { } at)
            parts.Add(ReportText.At(at));
        if (ReportText.Machine(report.Result.Machine) is { Length: > 0 } machine)
            parts.Add(MarkdownText.Escape(machine));
        if (report.Result.Machine.Runtimes.Where(runtime => report.Result.Cells.Any(cell => string.Equals(runtime.Id, cell.Cell.Runtime, StringComparison.Ordinal))).Select(runtime => $"{runtime.Id} {runtime.Version}".TrimEnd()).ToArray() is { Length: > 0 } runtimes)
            parts.Add(MarkdownText.Escape(string.Join(", ", runtimes)));
        parts.Add($"seed {report.Result.Seed}");
        return $"<sub>{string.Join(" · ", parts)}</sub>";
    }

    private static void Paragraph(StringBuilder text, string line)
    {
        Line(text, line);
        Line(text, "");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
