using System.Text;
using Brigade.Analysis.Reports;
using HdrHistogram;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

/// <summary>The log as the library of the format reads it.</summary>
public sealed class HlogExporterTests
{
    private static readonly HlogExporter Exporter = new();

    [Fact]
    public void Write_RunWithHistograms_IsReadByTheLibrary()
    {
        var text = Exporter.Write(ReportRuns.WithHistograms());
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        var intervals = new HistogramLogReader(stream).ReadHistograms().ToList();

        // 18 trials completed, and one of them has a second histogram.
        Assert.Equal(19, intervals.Count);
        Assert.All(intervals, interval => Assert.Equal(2, interval.TotalCount));
        Assert.All(intervals, interval => Assert.InRange(interval.GetMaxValue(), 2_000_000, 2_002_000));
    }

    [Fact]
    public void Write_RunWithHistograms_TagsCellsWithoutSeparators()
    {
        var tags = Exporter.Write(ReportRuns.WithHistograms()).Split('\n').Where(line => line.StartsWith("Tag=", StringComparison.Ordinal)).Select(line => line.Split(',')[0]).Distinct(StringComparer.Ordinal).ToList();

        Assert.Contains(tags, tag => tag == "Tag=python3.11/threads-2");
        Assert.Contains(tags, tag => tag.EndsWith("-uncorrected", StringComparison.Ordinal));
        Assert.All(tags, tag => Assert.DoesNotContain(' ', tag));
        Assert.Equal(7, tags.Count);
    }

    [Fact]
    public void Problem_RunWithoutHistograms_SaysHowToGetThem()
    {
        Assert.Null(Exporter.Problem(ReportRuns.WithHistograms()));
        Assert.Contains("--histograms", Exporter.Problem(ReportRuns.Full() with { Id = "" })!, StringComparison.Ordinal);
        Assert.Contains("imported", Exporter.Problem(ReportRuns.Full() with { Source = "k6" })!, StringComparison.Ordinal);
    }
}
