using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class SpeedupPanelTests : BunitContext
{
    public SpeedupPanelTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Render_SeveralWorkerCounts_DrawsTheCurveAndSaysItsFigures()
    {
        var panel = Open(Cell(1, 1), Cell(2, 1.9));
        var chart = panel.FindComponent<ResultChart>().Instance;
        Assert.Equal("speedupChart", chart.Function);
        Assert.Contains("python · threads: 1× with 1, 1.9× with 2", chart.Label, StringComparison.Ordinal);
        Assert.Contains("each of the 2 cores", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_FourWorkerCounts_DrawsTheFittedCurveAndSaysItsPeak()
    {
        var panel = Open(Cell(1, 1), Cell(2, 1.8), Cell(4, 2.6), Cell(8, 2.2));

        Assert.Contains("python · threads: The fitted curve peaks at ", panel.Find("ul.fits li").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("no fitted curve", panel.Markup, StringComparison.Ordinal);
        var data = System.Text.Json.JsonSerializer.SerializeToNode(panel.FindComponent<ResultChart>().Instance.Data)!;
        var curve = data["lines"]![0]!["Fit"]!.AsArray();
        Assert.Equal((1, 8), ((double)curve[0]![0]!, (double)curve[^1]![0]!));
    }

    [Fact]
    public void Render_PeakBeyondTheCountsOfWorkers_SaysThatItIsAnExtrapolation() => Assert.Contains(
        "that is an extrapolation, not advice", Open(Cell(1, 1), Cell(2, 1.896), Cell(4, 3.435), Cell(6, 4.679), Cell(8, 5.69)).Markup, StringComparison.Ordinal);

    [Fact]
    public void Render_TwoWorkerCounts_SaysWhatAFittedCurveTakes()
    {
        var panel = Open(Cell(1, 1), Cell(2, 1.9));

        Assert.Contains("There is no fitted curve: that takes at least 4 different counts of workers", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("ul.fits"));
    }

    [Fact]
    public void Render_OneWorkerCount_HasNoCurveToShow() => Assert.Equal("", Open(Cell(2, 1.9)).Markup.Trim());

    private static CellResult Cell(int workers, double speedup) => new(
        new Cell("python", Strategy.Threads, workers, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)),
        3, new CellFigures(1, 1, 1, 1, 1, 1, 1), new CellInterval(1, 1), speedup, speedup / workers);

    private IRenderedComponent<SpeedupPanel> Open(params CellResult[] cells) => Render<SpeedupPanel>(parameters => parameters.Add(panel => panel.Cells, cells).Add(panel => panel.Cores, 2));
}
