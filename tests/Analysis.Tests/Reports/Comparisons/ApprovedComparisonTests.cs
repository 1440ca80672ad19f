using Brigade.Analysis.Comparing;
using Brigade.Analysis.Reports.Comparisons;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Reports.Comparisons;

/// <summary>Every format of one comparison, compared with approved files.</summary>
public sealed class ApprovedComparisonTests
{
    [Theory]
    [InlineData("html", "comparison.html")]
    [InlineData("markdown", "comparison.md")]
    [InlineData("csv", "comparison.csv")]
    [InlineData("json", "comparison.json")]
    public void Write_Comparison_AsApproved(string format, string file)
    {
        var text = ComparisonExporters.Find(format)!.Write(Comparison());
        var approved = Path.Combine(AppContext.BaseDirectory, "Approved", "Reports", file);
        File.WriteAllText(approved + ".received", text);

        // To approve a change, read the received file beside the built tests and copy it over the one in the project.
        Assert.True(File.Exists(approved), "There is no approved file yet.");
        Assert.Equal(File.ReadAllText(approved), text);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    [InlineData("csv")]
    [InlineData("json")]
    public void Write_NothingInCommon_IsWritten(string format) =>
        Assert.NotEmpty(ComparisonExporters.Find(format)!.Write(new Comparison([new("a", "one", null), new("b", "two", null)], [], [])));

    [Fact]
    public void All_Formats_AreTried() => Assert.Equal(["html", "markdown", "csv", "json"], ComparisonExporters.All.Select(exporter => exporter.Name));

    private static Comparison Comparison() => new(
        [new("a", "=nightly <1>", new DateTimeOffset(2026, 11, 1, 2, 0, 0, TimeSpan.Zero)), new("b", "nightly", new DateTimeOffset(2026, 11, 2, 2, 0, 0, TimeSpan.Zero)), new("c", "nightly", null)],
        [
            new("machine.cpu", ["An abacus", "Another", "An abacus"], DifferenceSeverity.Warning, "The processors differ <An abacus, Another>: a change may come from that."),
            new("runtime python3.11", ["3.11.2", "3.11.3", "3.11.3"], DifferenceSeverity.Info, "python3.11 is 3.11.2, 3.11.3 and 3.11.3."),
        ],
        [
            Cell("python3.11 · threads × 2", [100, 112, 99.5], [Told(1, Metrics.Throughput, Verdict.Faster, 0.12), Told(1, Metrics.P99, Verdict.Faster, -0.1), Told(2, Metrics.Throughput, Verdict.Same, -0.005), Told(2, Metrics.P99, Verdict.Same, 0.01)]),
            Cell("python3.11 · processes × 2", [200, 150, null], [Told(1, Metrics.Throughput, Verdict.Slower, -0.25), Told(1, Metrics.P99, Verdict.NotEnoughData, 0)]),
        ]);

    private static ComparedCell Cell(string label, double?[] throughputs, IReadOnlyList<CellVerdict> verdicts) => new(
        label,
        new Cell("python3.11", Strategy.Threads, 2, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)),
        [.. throughputs.Select(value => value is { } throughput ? new CellMeasurements(0, "python3.11", 3, 0, new MetricValues(throughput, throughput - 1, throughput + 1, [throughput]), new MetricValues(20, 19, 21, [20])) : null)],
        verdicts);

    private static CellVerdict Told(int run, string metric, Verdict verdict, double shift) => verdict == Verdict.NotEnoughData
        ? new(run, metric, verdict, 0, 0, 0, 1, 0, 0.05, "One repetition is too few.")
        : new(run, metric, verdict, shift, shift - 0.02, shift + 0.02, 0.004, 0.9, 0.03, "The shift is what it is.");
}
