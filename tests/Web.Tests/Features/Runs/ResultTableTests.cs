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

    private static AngleSharp.Dom.IElement Header(IRenderedComponent<ResultTable> table, string title) => table.FindAll("th[scope=col]").Single(header => header.TextContent.Trim().StartsWith(title, StringComparison.Ordinal));

    private static List<string> Names(IRenderedComponent<ResultTable> table) => [.. table.FindAll("tbody th").Select(name => name.TextContent.Trim())];

    private static CellResult Cell(Strategy strategy, double throughput) => new(
        new Cell("python", strategy, 2, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)),
        3, new CellFigures(throughput, 1.5, 2, 3, 1.9, 36 << 20, 446), new CellInterval(1200, 1300), 1.86, 0.93);

    private IRenderedComponent<ResultTable> Open(params CellResult[] cells) => Render<ResultTable>(parameters => parameters.Add(table => table.Cells, cells));
}
