using Brigade.Analysis.Reports;
using Brigade.Analysis.Reports.Comparisons;

namespace Brigade.Web.Features.Reports;

/// <summary>One entry of a download menu.</summary>
public sealed record DownloadFile(string Title, string Address, string Hint)
{
    private static readonly Dictionary<string, string> Hints = new(StringComparer.Ordinal)
    {
        ["html"] = "one page that shows everything, anywhere",
        ["markdown"] = "for a pull request",
        ["csv"] = "for a spreadsheet",
        ["json"] = "for a program",
        ["hlog"] = "for HdrHistogram's tools",
        ["junit"] = "for a CI system",
    };

    /// <summary>Every file that a comparison can be had as.</summary>
    /// <param name="query">What is compared, as the compare page's address says it: <c>runs=…&amp;cells=…</c>.</param>
    public static IReadOnlyList<DownloadFile> OfComparison(string query) =>
        [.. ComparisonExporters.All.Select(exporter => new DownloadFile(exporter.Title, $"/api/v1/comparisons/export?{query}&as={exporter.Name}", Hints.GetValueOrDefault(exporter.Name, "")))];

    /// <summary>Every file that a run can be had as.</summary>
    /// <param name="withHistograms">False leaves out formats that the run has no histograms for.</param>
    public static IReadOnlyList<DownloadFile> OfRun(Guid id, bool withHistograms) =>
    [
        .. RunExporters.All.Where(exporter => withHistograms || !exporter.WantsHistograms).SelectMany(exporter => exporter.Parts.DefaultIfEmpty().Select(part => new DownloadFile(
            exporter.Title + (part is null ? "" : $", {part}"),
            $"/api/v1/runs/{id}/export?as={exporter.Name}{(part is null ? "" : $"&part={part}")}",
            Hints.GetValueOrDefault(exporter.Name, "")))),
    ];
}
