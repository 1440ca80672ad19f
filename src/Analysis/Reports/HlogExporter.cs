using System.Globalization;
using System.Text;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Reports;

/// <summary>
/// The log format of HdrHistogram (1.3, histograms V2 compressed), as its own tools read it: an interval per trial, tagged with its cell. Trials follow each other without what lies between them.
/// Values are nanoseconds.
/// </summary>
internal sealed class HlogExporter : IRunExporter
{
    private const double MillisecondsPerSecond = 1000;

    public string Name => "hlog";

    public string Title => "HdrHistogram log";

    public string MediaType => "text/plain";

    public string Extension => ".hlog";

    public bool WantsHistograms => true;

    public string? Problem(RunReport report) => report.Result.Trials.Any(row => row.Histogram is { Length: > 0 }) ? null
        : report.Source.Length > 0 ? "This run was imported without histograms, so there is nothing to log."
        : report.Id.Length > 0 ? "No trial of this run has a histogram: no task ended, or they are no longer kept."
        : "This result has no histograms. Measure with 'brigade run FILE --json OUT --histograms'.";

    public string Write(RunReport report, string? part = null)
    {
        var cells = new ReportCells(report.Result);
        var swept = CellName.Swept(report.Result.Cells.Select(cell => cell.Cell));
        var text = new StringBuilder();
        Line(text, "#[Histogram log format version 1.3]");
        if (report.StartedAt is { } at)
        {
            var utc = at.ToUniversalTime();
            Line(text, FormattableString.Invariant($"#[StartTime: {utc.ToUnixTimeMilliseconds() / MillisecondsPerSecond:0.000} (seconds since epoch), {utc:ddd MMM dd HH:mm:ss} UTC {utc:yyyy}]"));
        }

        Line(text, "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"");
        var start = 0.0;
        foreach (var row in report.Result.Trials)
        {
            var length = row.WallMs / MillisecondsPerSecond;
            var tag = cells.IndexOf(row) is >= 0 and var index ? Tag(CellName.Of(report.Result.Cells[index].Cell, swept)) : "other";
            Interval(text, tag, start, length, row.Latency, row.Histogram);
            Interval(text, tag + "-uncorrected", start, length, row.Uncorrected, row.UncorrectedHistogram);
            start += length;
        }

        return text.ToString();
    }

    private static void Interval(StringBuilder text, string tag, double start, double length, Latency? latency, byte[]? histogram)
    {
        if (histogram is { Length: > 0 })
            Line(text, string.Create(CultureInfo.InvariantCulture, $"Tag={tag},{start:0.000},{length:0.000},{latency?.MaxMs ?? 0:0.000},{Convert.ToBase64String(histogram)}"));
    }

    /// <summary>A tag ends at a comma or a space.</summary>
    private static string Tag(string label) => new([.. label.Replace(" × ", "-", StringComparison.Ordinal).Replace(" · ", "/", StringComparison.Ordinal).Select(letter => letter is > ' ' and <= '~' and not ',' and not '"' ? letter : '_')]);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
