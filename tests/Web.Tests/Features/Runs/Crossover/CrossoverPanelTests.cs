using Brigade.Analysis;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs.Crossover;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs.Crossover;

public sealed class CrossoverPanelTests : PageTest
{
    [Fact]
    public void Render_Sweep_NamesTheWinnerOfEachPlaceAndByHowMuch()
    {
        var panel = Open(Sweep());
        Assert.Equal(["100", "5\u202f000"], panel.FindAll(".map thead th").Skip(1).Select(head => head.ChildNodes[0].TextContent.Trim()), StringComparer.Ordinal);
        Assert.Equal(["sequential", "processes", "sequential", "processes"], panel.FindAll(".map .who").Select(who => who.TextContent.Trim()), StringComparer.Ordinal);
        Assert.Equal("2× as much as processes", panel.FindAll(".map .place .sub")[0].TextContent);
        Assert.Equal("50 % more than sequential", panel.FindAll(".map .place .sub")[3].TextContent);
    }

    [Fact]
    public void Choose_Place_ShowsAllThatCompetedWithTheWayToItsRow()
    {
        var panel = Open(Sweep());
        panel.FindAll(".pick")[3].Click();
        Assert.Contains("limit 5", panel.Find("[role=status] h4").TextContent, StringComparison.Ordinal);
        Assert.Equal(["processes", "sequential"], panel.FindAll("[role=status] tbody th").Select(name => name.TextContent.Trim()), StringComparer.Ordinal);
        Assert.EndsWith("#cell-5", panel.Find("[role=status] a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("true", panel.FindAll(".pick")[3].GetAttribute("aria-pressed"));
    }

    [Fact]
    public void Address_NamesTheAxes_TheyAreShown()
    {
        var panel = Open(Sweep(), across: "payloadBytes", down: "none");
        Assert.Equal("payloadBytes", panel.FindAll("select")[0].GetAttribute("value"));
        Assert.Equal(2, panel.FindAll(".map .place").Count);
        Assert.Contains("Held at limit = 100", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_Axis_GoesToTheAddress()
    {
        Open(Sweep()).FindAll("select")[0].Change("payloadBytes");
        Assert.Contains("across=payloadBytes", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("down=params.limit", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingSwept_SaysWhatToSweep() => Assert.Contains("Sweep a parameter", Open([Cell(Strategy.Sequential, 100, 0, 5)]).Markup, StringComparison.Ordinal);

    private static (Cell, double)[] Sweep() =>
    [
        Cell(Strategy.Sequential, 100, 0, 2_000), Cell(Strategy.Sequential, 5_000, 0, 100),
        Cell(Strategy.Processes, 100, 0, 1_000), Cell(Strategy.Processes, 5_000, 0, 190),
        Cell(Strategy.Processes, 100, 65_536, 300), Cell(Strategy.Processes, 5_000, 65_536, 150),
    ];

    private static (Cell, double) Cell(Strategy strategy, int limit, int payload, double throughput) => (
        new Cell("python", strategy, strategy == Strategy.Sequential ? 1 : 2, null, null, null, payload, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(limit) }), throughput);

    private IRenderedComponent<CrossoverPanel> Open((Cell Cell, double Throughput)[] cells, string? across = null, string? down = null)
    {
        var plan = new TrialPlan([.. cells.Select(cell => cell.Cell)], [.. Enumerable.Range(0, cells.Length * 2).Select(index => new PlannedTrial(index, index % cells.Length, (index / cells.Length) + 1))], 1, []);
        var trials = plan.Trials.Select(trial => Given.Result(trial.Index) with { Cell = trial.Cell, Repetition = trial.Repetition, ThroughputPerSecond = cells[trial.Cell].Throughput }).ToArray();
        return Render<CrossoverPanel>(parameters => parameters.Add(panel => panel.Result, ResultBuilder.Build(Given.Spec(), RunStatus.Completed, Given.Machine, plan, trials))
            .Add(panel => panel.Across, across).Add(panel => panel.Down, down));
    }
}
