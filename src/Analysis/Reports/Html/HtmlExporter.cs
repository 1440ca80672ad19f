using Brigade.Analysis.Reports.Svg;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Reports.Html;

/// <summary>One file that shows a run anywhere, for years: no script, nothing loaded; light or dark as the reader has it, and it prints.</summary>
internal sealed class HtmlExporter : IRunExporter
{
    /// <summary>A page with more rows than this is no reading matter; the CSV has them all.</summary>
    private const int MostTrials = 1000;

    public string Name => "html";

    public string Title => "HTML report";

    public string MediaType => "text/html";

    public string Extension => ".html";

    public string Write(RunReport report, string? part = null) => WithRemark(report, "");

    /// <param name="remark">Said below the title; nothing where empty.</param>
    internal static string WithRemark(RunReport report, string remark)
    {
        var result = report.Result;
        var swept = CellName.Swept(result.Cells.Select(cell => cell.Cell));
        var html = new HtmlText();
        Head(html, report);
        html.Element("p", remark, "class=\"soft\"");
        Verdict(html, result);
        Thresholds(html, result, swept);
        Charts(html, result, swept);
        Results(html, result, swept);
        Trials(html, result, swept);
        Circumstances(html, report);
        return HtmlPage.Wrap($"{result.Name} – Brigade", html);
    }

    private static void Head(HtmlText html, RunReport report)
    {
        var result = report.Result;
        html.Element("h1", result.Name);
        var state = result.Status == RunStatus.Completed ? "good" : "bad";
        html.Raw($"<p class=\"soft\"><strong class=\"{state}\">{SvgText.Escape(Naming.Sentence(ReportText.Status(result.Status)))}</strong> · ")
            .Raw($"{result.Trials.Count(row => row.Status == TrialStatus.Completed)} of {Naming.Count(result.Trials.Count, "trial")} completed in {Naming.Count(result.Cells.Count, "cell")}");
        if (report.StartedAt is { } at)
            html.Raw($" · {(report.Source.Length > 0 ? "measured" : "started")} {ReportText.At(at)}");
        html.Line("</p>");
        if (report.Source.Length > 0)
            html.Element("p", $"Imported from {report.Source}: Brigade did not measure this itself.", "class=\"card\"");
    }

    private static void Verdict(HtmlText html, RunResult result)
    {
        if (result.Advice is null && result.Findings.Count == 0)
            return;
        html.Line("<section aria-labelledby=\"verdict\"><h2 id=\"verdict\">What it shows</h2>");
        if (result.Advice is { } advice)
            html.Line("<div class=\"card\">").Element("p", ReportText.Advice(advice), "class=\"good\"").Element("p", advice.Because).Line("</div>");
        if (result.Findings.Count > 0)
        {
            html.Line("<ul>");
            foreach (var finding in result.Findings)
                html.Raw("<li>").Raw(finding.Severity switch { "error" => "<strong class=\"bad\">Error:</strong> ", "warning" => "<strong class=\"mind\">Mind:</strong> ", _ => "" }).Raw(SvgText.Escape(finding.Text)).Line("</li>");
            html.Line("</ul>");
        }

        html.Line("</section>");
    }

    private static void Thresholds(HtmlText html, RunResult result, IReadOnlySet<string> swept)
    {
        if (result.Thresholds.Count == 0)
            return;
        html.Line("<section aria-labelledby=\"thresholds\"><h2 id=\"thresholds\">Thresholds</h2>\n<ul>");
        foreach (var threshold in result.Thresholds.GroupBy(outcome => outcome.Threshold, StringComparer.Ordinal))
        {
            var failed = threshold.Where(outcome => !outcome.Holds).ToArray();
            html.Raw($"<li><code>{SvgText.Escape(threshold.Key)}</code> ");
            html.Raw(failed.Length == 0
                ? $"<span class=\"good\">holds</span> in {(threshold.Count() == 1 ? "the one cell" : $"all {threshold.Count()} cells")}"
                : $"<strong class=\"bad\">does not hold</strong> in {failed.Length} of {Naming.Count(threshold.Count(), "cell")}: "
                    + SvgText.Escape(string.Join("; ", failed.Select(outcome => $"{CellName.Of(result.Cells[outcome.Cell].Cell, swept)} {ReportText.Actual(outcome)}"))));
            html.Line("</li>");
        }

        html.Line("</ul></section>");
    }

    private static void Charts(HtmlText html, RunResult result, IReadOnlySet<string> swept)
    {
        (string Title, string Note, string? Svg)[] charts =
        [
            ("Throughput", "Median over the repetitions; the whisker is its 95 % interval.", RunCharts.Throughput(result.Cells, swept)),
            ("Speed-up by workers", "Over the sequential strategy, or else one worker, of the same runtime. The dashed grey line is the ideal.", RunCharts.Speedup(result.Cells, swept, result.Machine.Cores)),
            ("Latency", "From the median (dot) over p95 (short bar) to p99 (long bar); the axis is logarithmic.", RunCharts.Latency(result.Cells, swept)),
        ];
        var drawn = charts.Where(chart => chart.Svg is not null).ToArray();
        if (drawn.Length == 0)
            return;
        html.Line("<section aria-labelledby=\"charts\"><h2 id=\"charts\">Charts</h2>\n<div class=\"charts\">");
        foreach (var (title, note, svg) in drawn)
            html.Line("<figure><figcaption>").Element("h3", title).Element("p", note).Line("</figcaption>").Raw(svg!).Line("</figure>");
        html.Line("</div>");
        if (result.Cells.Count > RunCharts.MostCells)
            html.Element("p", $"The charts show the first {RunCharts.MostCells} of {result.Cells.Count} cells.", "class=\"soft\"");
        html.Line("</section>");
    }

    private static void Results(HtmlText html, RunResult result, IReadOnlySet<string> swept)
    {
        html.Line("<section aria-labelledby=\"results\"><h2 id=\"results\">Results</h2>");
        html.Table(
            "Results by cell",
            ["Cell", "#Throughput", "#95 % interval", "#Speed-up", "#Efficiency", "#p50", "#p95", "#p99", "#CPU", "#Memory", "#Repetitions"],
            result.Cells.Select(cell => Row(cell, swept)));
        foreach (var note in result.Notes)
            html.Element("p", note, "class=\"soft\"");
        html.Line("</section>");
    }

    private static string[] Row(CellResult cell, IReadOnlySet<string> swept) => cell.Completed == 0
        ? [CellName.Of(cell.Cell, swept), .. Enumerable.Repeat(ReportText.None, 9), "0"]
        :
        [
            CellName.Of(cell.Cell, swept), ReportText.Rate(cell.Median.ThroughputPerSecond), ReportText.Interval(cell), ReportText.Times(cell.Speedup), ReportText.Percent(cell.Efficiency),
            ReportText.Time(cell.Median.P50Ms), ReportText.Time(cell.Median.P95Ms), ReportText.Time(cell.Median.P99Ms), cell.Median.CpuUtilisation > 0 ? Naming.Number(cell.Median.CpuUtilisation) : ReportText.None,
            cell.Median.PeakMemoryBytes > 0 ? Naming.Mebibytes(cell.Median.PeakMemoryBytes) : ReportText.None, Naming.Number(cell.Completed),
        ];

    private static void Trials(HtmlText html, RunResult result, IReadOnlySet<string> swept)
    {
        var cells = new ReportCells(result);
        html.Line("<section aria-labelledby=\"trials\"><h2 id=\"trials\">Trials</h2>\n<details><summary>Every repetition, in the order of execution</summary>");
        html.Table(
            "Trials",
            ["Cell", "#Repetition", "Status", "#Tasks", "#Errors", "#Lost", "#Took", "#Throughput", "#p50", "#p99", "#Max", "Remarks"],
            result.Trials.Take(MostTrials).Select(row => new[]
            {
                cells.IndexOf(row) is >= 0 and var index ? CellName.Of(result.Cells[index].Cell, swept) : row.Runtime, Naming.Number(row.Repetition), EnumName.Of(row.Status), Naming.Number(row.Tasks),
                Naming.Number(row.Errors), Naming.Number(row.Lost), ReportText.Time(row.WallMs), ReportText.Rate(row.ThroughputPerSecond), ReportText.Time(row.Latency.P50Ms), ReportText.Time(row.Latency.P99Ms),
                ReportText.Time(row.Latency.MaxMs), string.Join(" ", row.Failure.Length > 0 ? [row.Failure, .. row.Warnings] : row.Warnings),
            }));
        if (result.Trials.Count > MostTrials)
            html.Element("p", $"The first {MostTrials} of {result.Trials.Count} trials; the CSV has them all.", "class=\"soft\"");
        html.Line("</details></section>");
    }

    private static void Circumstances(HtmlText html, RunReport report)
    {
        var machine = report.Result.Machine;
        html.Line("<section aria-labelledby=\"machine\"><h2 id=\"machine\">What it was measured on</h2>");
        html.Element("p", ReportText.Machine(machine) is { Length: > 0 } known ? known : "Nothing is known of the machine.");
        var load = machine.OtherLoad > 0 ? $"{Naming.Number(machine.OtherLoad)} processors were busy with other work when it began." : "";
        html.Element("p", string.Join(" ", new[] { machine.Host.Length > 0 ? $"Host {machine.Host}." : "", machine.Governor.Length > 0 ? $"Governor {machine.Governor}." : "", load }.Where(part => part.Length > 0)));
        var used = report.Result.Cells.Select(cell => cell.Cell.Runtime).ToHashSet(StringComparer.Ordinal);
        html.Element("p", string.Join(" · ", machine.Runtimes.Where(runtime => used.Contains(runtime.Id)).Select(runtime => $"{runtime.Id} {runtime.Version}{(runtime.Gil is { } gil ? gil ? ", with the GIL" : ", without a GIL" : "")}")));
        html.Line("</section>");
        if (report.Spec.Length > 0)
            html.Line("<section aria-labelledby=\"spec\"><h2 id=\"spec\">What was asked</h2>").Element("pre", report.Spec, "tabindex=\"0\" role=\"region\" aria-label=\"The spec as YAML\"").Line("</section>");
        html.Element("p", string.Join(" · ", new[] { $"Seed {report.Result.Seed}", report.Id.Length > 0 ? $"run {report.Id}" : "", machine.Version.Length > 0 ? $"Brigade {machine.Version}" : "Brigade" }.Where(part => part.Length > 0)), "class=\"soft\"");
    }
}
