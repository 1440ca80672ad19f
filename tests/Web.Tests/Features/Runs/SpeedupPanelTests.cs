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
    public void Render_OneWorkerCount_HasNoCurveToShow() => Assert.Equal("", Open(Cell(2, 1.9)).Markup.Trim());

    private static CellResult Cell(int workers, double speedup) => new(
        new Cell("python", Strategy.Threads, workers, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)),
        3, new CellFigures(1, 1, 1, 1, 1, 1, 1), new CellInterval(1, 1), speedup, speedup / workers);

    private IRenderedComponent<SpeedupPanel> Open(params CellResult[] cells) => Render<SpeedupPanel>(parameters => parameters.Add(panel => panel.Cells, cells).Add(panel => panel.Cores, 2));
}
