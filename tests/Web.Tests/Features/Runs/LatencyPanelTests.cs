using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class LatencyPanelTests : BunitContext
{
    private static readonly TrialPlan Plan = new([Cell(Strategy.Sequential, 1), Cell(Strategy.Threads, 2), Cell(Strategy.Threads, 4)], [new(0, 0, 1), new(1, 1, 1), new(2, 2, 1), new(3, 1, 2)], 1, []);

    public LatencyPanelTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Render_Histograms_DrawsThePercentilesOfTheMostWorkersBesideSequential()
    {
        var chart = Open().FindComponent<ResultChart>().Instance;
        Assert.Equal("latencyDistribution", chart.Function);
        Assert.Equal(["python · sequential", "python · threads × 4"], Names(chart), StringComparer.Ordinal);
    }

    [Fact]
    public void Workers_Chosen_DrawsTheirCells()
    {
        var panel = Open();
        panel.Find("select").Change("2");
        Assert.Equal(["python · sequential", "python · threads × 2"], Names(panel.FindComponent<ResultChart>().Instance), StringComparer.Ordinal);
    }

    [Fact]
    public void Histogram_Chosen_DrawsCountsAndSaysTheFullestBin()
    {
        var panel = Open();
        panel.FindAll("input[type=radio]")[1].Change(true);
        var chart = panel.FindComponent<ResultChart>().Instance;
        Assert.Equal("latencyHistogram", chart.Function);
        Assert.Equal([20L, 5L], ((LatencyBins)chart.Data).Cells.Select(cell => cell.Counts.Sum()));
        Assert.Contains("python · sequential: 20 of 20 tasks between", chart.Label, StringComparison.Ordinal);
        panel.FindAll("input[type=radio]")[0].Change(true);
        Assert.Equal("latencyDistribution", panel.FindComponent<ResultChart>().Instance.Function);
    }

    [Fact]
    public void Render_NoLatency_SaysSo() =>
        Assert.Contains("No task's latency was recorded.", Render<LatencyPanel>(parameters => parameters.Add(panel => panel.Plan, Plan).Add(panel => panel.Histograms, new Dictionary<int, byte[]>())).Markup, StringComparison.Ordinal);

    [Fact]
    public void Render_LatencyThatTheRulesDeleted_SaysThat() => Assert.Contains(
        "were deleted by the rules for old runs",
        Render<LatencyPanel>(parameters => parameters.Add(panel => panel.Plan, Plan).Add(panel => panel.Histograms, new Dictionary<int, byte[]>()).Add(panel => panel.WereDeleted, true)).Markup, StringComparison.Ordinal);

    private static IEnumerable<string> Names(ResultChart chart) => Lines(chart).Select(line => line.Name);

    private static Cell Cell(Strategy strategy, int workers) => new("python", strategy, workers, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal));

    [Fact]
    public void Render_OpenLoad_DrawsTheLatencyFromTheActualStartBesideItAndSaysWhatItLeavesOut()
    {
        var panel = Open(new Dictionary<int, byte[]> { [2] = LatencySamples.Encode(1_000_000, 5) });
        var lines = Lines(panel.FindComponent<ResultChart>().Instance).ToList();
        Assert.Equal(["python · sequential", "python · threads × 4", "python · threads × 4 · from the actual start"], lines.Select(line => line.Name), StringComparer.Ordinal);
        Assert.NotEqual(lines[1].Dash, lines[2].Dash);
        Assert.Contains("coordinated omission", panel.Markup, StringComparison.Ordinal);
        panel.FindAll("input[type=radio]")[1].Change(true);
        Assert.Equal(["python · sequential", "python · threads × 4", "python · threads × 4 · from the actual start"], ((LatencyBins)panel.FindComponent<ResultChart>().Instance.Data).Cells.Select(cell => cell.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Render_ClosedLoad_SaysNothingOfOmission() => Assert.DoesNotContain("coordinated omission", Open().Markup, StringComparison.Ordinal);

    private static IEnumerable<ChartLine> Lines(ResultChart chart) => (IEnumerable<ChartLine>)chart.Data.GetType().GetProperty("lines")!.GetValue(chart.Data)!;

    private IRenderedComponent<LatencyPanel> Open(IReadOnlyDictionary<int, byte[]>? uncorrected = null) => Render<LatencyPanel>(parameters => parameters
        .Add(panel => panel.Plan, Plan)
        .Add(panel => panel.Histograms, new Dictionary<int, byte[]>
        {
            [0] = LatencySamples.Encode(1_000_000, 20),
            [1] = LatencySamples.Encode(2_000_000, 10),
            [2] = LatencySamples.Encode(3_000_000, 5),
        })
        .Add(panel => panel.Uncorrected, uncorrected ?? new Dictionary<int, byte[]>()));
}
