using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class ResultTableTests : BunitContext
{
    [Fact]
    public void Render_Cell_HasFiguresWithUnits()
    {
        var row = Open(Cell(Strategy.Threads, 1234.5)).Find("tbody tr").TextContent;
        foreach (var figure in new[] { "threads × 2", "1\u202f235/s", "1\u202f200 to 1\u202f300", "1.86×", "93 %", "1.5 ms", "36 MiB", "446 ms" })
            Assert.Contains(figure, row, StringComparison.Ordinal);
    }

    [Fact]
    public void Sort_Throughput_PutsTheFastestFirstThenTheSlowest()
    {
        var table = Open(Cell(Strategy.Threads, 10), Cell(Strategy.Processes, 20));
        Header(table, "Throughput").QuerySelector("button")!.Click();
        Assert.StartsWith("processes", Names(table)[0], StringComparison.Ordinal);
        Assert.Equal("descending", Header(table, "Throughput").GetAttribute("aria-sort"));
        Header(table, "Throughput").QuerySelector("button")!.Click();
        Assert.StartsWith("threads", Names(table)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingCompleted_SaysSo() =>
        Assert.Contains("no repetition completed", Open(Cell(Strategy.Threads, 0) with { Completed = 0 }).Markup, StringComparison.Ordinal);

    [Fact]
    public void Columns_NothingMeasured_AreHidden()
    {
        var titles = Titles(Open(Cell(Strategy.Threads, 10)));
        foreach (var title in new[] { "Serialisation", "Channel", "Dropped", "Lost", "Offered", "p99 uncorrected", "Replaced", "Errors" })
            Assert.DoesNotContain(title, titles, StringComparer.Ordinal);
    }

    [Fact]
    public void Columns_Measured_ShowFiguresOfTheWorkloadAndOfTheOpenLoadWithAnExplanation()
    {
        var cell = Cell(Strategy.Threads, 10);
        var detail = new CellDetail(1.5, 2.5, 1000, 0.97, 30, 2, 0, 1, 12, 3, 0.4, new Dictionary<string, double>(StringComparer.Ordinal) { ["lostUpdates"] = 77 }, ["repetitions differ by 40 %"]);
        var table = Render<ResultTable>(parameters => parameters.Add(it => it.Cells, [cell]).Add(it => it.Details, new Dictionary<Cell, CellDetail> { [cell.Cell] = detail }));
        var titles = Titles(table);
        foreach (var title in new[] { "Serialisation", "Channel", "Dropped", "Lost", "Offered", "p99 uncorrected", "Late starts", "Replaced", "Lost updates" })
            Assert.Contains(title, titles, StringComparer.Ordinal);
        var row = table.Find("tbody tr").TextContent;
        foreach (var figure in new[] { "1.5 ms", "2.5 ms", "1\u202f000", "97 % achieved", "77", "back in 12 ms", "Mind: repetitions differ by 40 %" })
            Assert.Contains(figure, row, StringComparison.Ordinal);
        Assert.Contains("from the moment at which a task should have started", table.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void Cpu_MeasuredForLessThanTheKernelCanTell_IsNotShown(double wallMs, bool isShown)
    {
        var cell = Cell(Strategy.Threads, 10) with { Median = new CellFigures(10, 1, 1, 1, CpuUtilisation: 743, 1, 1) };
        var detail = new CellDetail(null, null, null, null, 0, 0, 0, 0, null, null, null, new Dictionary<string, double>(StringComparer.Ordinal), []) { WallMs = wallMs };
        var table = Render<ResultTable>(parameters => parameters.Add(it => it.Cells, [cell]).Add(it => it.Details, new Dictionary<Cell, CellDetail> { [cell.Cell] = detail }));
        Assert.Equal(isShown, table.Find("tbody tr").TextContent.Contains("743", StringComparison.Ordinal));
    }

    private static List<string> Titles(IRenderedComponent<ResultTable> table) => [.. table.FindAll("th[scope=col]").Select(header => header.TextContent.Trim())];

    private static AngleSharp.Dom.IElement Header(IRenderedComponent<ResultTable> table, string title) => table.FindAll("th[scope=col]").Single(header => header.TextContent.Trim().StartsWith(title, StringComparison.Ordinal));

    private static List<string> Names(IRenderedComponent<ResultTable> table) => [.. table.FindAll("tbody th").Select(name => name.TextContent.Trim())];

    private static CellResult Cell(Strategy strategy, double throughput) => new(
        new Cell("python", strategy, 2, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)),
        3, new CellFigures(throughput, 1.5, 2, 3, 1.9, 36 << 20, 446), new CellInterval(1200, 1300), 1.86, 0.93);

    private IRenderedComponent<ResultTable> Open(params CellResult[] cells) => Render<ResultTable>(parameters => parameters.Add(table => table.Cells, cells));
}
