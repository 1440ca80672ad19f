using Brigade.Analysis.Reports;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

/// <summary>Every format of one run, compared with approved files: any change to what people and programs read shows up here.</summary>
public sealed class ApprovedReportTests
{
    public static TheoryData<string, string?, string> Files => new()
    {
        { "html", null, "run.html" },
        { "markdown", null, "run.md" },
        { "csv", "trials", "run-trials.csv" },
        { "csv", "cells", "run-cells.csv" },
        { "json", null, "run.json" },
        { "hlog", null, "run.hlog" },
        { "junit", null, "run.xml" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Write_FullRun_AsApproved(string format, string? part, string file)
    {
        var exporter = RunExporters.Find(format)!;
        var text = exporter.Write(ReportRuns.WithHistograms(), part);
        var approved = Path.Combine(AppContext.BaseDirectory, "Approved", "Reports", file);
        File.WriteAllText(approved + ".received", text);

        // To approve a change, read the received file beside the built tests and copy it over the one in the project.
        Assert.True(File.Exists(approved), "There is no approved file yet.");
        Assert.Equal(File.ReadAllText(approved), text);
    }

    [Fact]
    public void Files_AllExporters_AreTried() =>
        Assert.Equal(RunExporters.All.SelectMany(exporter => exporter.Parts.DefaultIfEmpty().Select(part => (exporter.Name, part))).Order(), Files.Select(row => (row.Data.Item1, row.Data.Item2)).Order());
}
