using System.Security.Cryptography;
using System.Text;
using Brigade.Analysis.Comparing;
using Brigade.Analysis.Reports.Comparisons;
using Brigade.Analysis.Reports.Svg;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Reports.Html;

/// <summary>What a visitor from outside sees of a result: the report itself, or one of its charts to put into another page. No script, nothing loaded.</summary>
public static class SharedPages
{
    private const string EmbedCss = "body{padding:8px;max-width:none}figure{margin:0}h1{font-size:1rem}a{color:var(--link)}main>p{margin:6px 4px 0;font-size:.8rem}";

    /// <summary>What a page of a report may do, as a content security policy; who may frame it is the server's to say.</summary>
    public static string Policy => HtmlStyle.Policy;

    /// <summary>As <see cref="Policy"/>, for a chart.</summary>
    public static string EmbedPolicy { get; } = HtmlStyle.Policy.Replace(
        "style-src ", $"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(EmbedCss)))}' ", StringComparison.Ordinal);

    /// <summary>The charts of a run that can be asked for; the first is the default.</summary>
    public static IReadOnlyList<string> RunChartNames { get; } = ["throughput", "speedup", "latency"];

    /// <summary>The charts of a comparison that can be asked for; the first is the default.</summary>
    public static IReadOnlyList<string> ComparisonChartNames { get; } = ["throughput", "latency"];

    /// <param name="remark">Said below the title; nothing where empty.</param>
    public static string Run(RunReport report, string remark) => HtmlExporter.WithRemark(report, remark);

    /// <inheritdoc cref="Run"/>
    public static string Comparison(Comparison comparison, string remark) => ComparisonHtmlExporter.WithRemark(comparison, remark);

    /// <summary>A page with one chart of a run, and a link to the whole result.</summary>
    /// <param name="chart">One of <see cref="RunChartNames"/>.</param>
    public static string RunChart(RunResult result, string chart, string address)
    {
        ArgumentNullException.ThrowIfNull(result);
        var swept = CellName.Swept(result.Cells.Select(cell => cell.Cell));
        var (title, svg) = chart switch
        {
            "speedup" => ("Speed-up by workers, over the sequential strategy or one worker; the ideal is dashed", RunCharts.Speedup(result.Cells, swept, result.Machine.Cores)),
            "latency" => ("Latency: median, p95 and p99; logarithmic", RunCharts.Latency(result.Cells, swept)),
            _ => ("Throughput: median and its 95 % interval", RunCharts.Throughput(result.Cells, swept)),
        };
        return Embed(result.Name, title, svg, address);
    }

    /// <summary>A page with one chart of a comparison, and a link to all of it.</summary>
    /// <param name="chart">One of <see cref="ComparisonChartNames"/>.</param>
    public static string ComparisonChart(Comparison comparison, string chart, string address)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var metric = chart == "latency" ? Metrics.P99 : Metrics.Throughput;
        return Embed(
            string.Join(", ", comparison.Runs.Select(run => run.Name).Distinct(StringComparer.Ordinal)),
            $"Change of {ComparisonText.Metric(metric)} against {comparison.Runs[0].Name}; {(Metrics.MoreIsBetter(metric) ? "right" : "left")} is better", ComparisonHtmlExporter.Chart(comparison, metric), address);
    }

    private static string Embed(string name, string title, string? svg, string address)
    {
        var html = new HtmlText()
            .Line("<!DOCTYPE html>").Line("<html lang=\"en\">").Line("<head>").Line("<meta charset=\"utf-8\">")
            .Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Element("title", $"{name} – Brigade")
            .Line($"<style>{HtmlStyle.Css}</style>").Line($"<style>{EmbedCss}</style>").Line("</head>").Line("<body>").Line("<main>")
            .Line("<figure><figcaption>").Element("h1", name).Element("p", title).Line("</figcaption>");
        if (svg is null)
            html.Element("p", "There is nothing to draw.");
        else
            html.Raw(svg);
        return html.Line("</figure>")
            .Line($"<p class=\"soft\"><a href=\"{SvgText.Escape(address)}\" target=\"_blank\" rel=\"noopener noreferrer\">The whole result</a> · measured with Brigade</p>")
            .Line("</main>").Line("</body>").Line("</html>").ToString();
    }
}
