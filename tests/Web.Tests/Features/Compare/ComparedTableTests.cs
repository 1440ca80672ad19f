using Brigade.Analysis.Comparing;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Features.Compare;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class ComparedTableTests : BunitContext
{
    private static readonly CompareQuery Query = CompareQuery.From(ComparedIds.Read(null, null), null, null, null, null);

    public ComparedTableTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(new ReaderClock(TimeProvider.System));
    }

    [Fact]
    public void Cells_EachRun_HasMedianIntervalAndVerdict()
    {
        var table = Open(Compared.Comparison([Verdict.Slower], [Verdict.Same]));

        var rows = table.FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        var cells = rows[0].QuerySelectorAll("td");
        Assert.Contains("100/s", cells[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("95/s to 105/s", cells[0].TextContent, StringComparison.Ordinal);
        Assert.Empty(cells[0].QuerySelectorAll(".chip"));
        Assert.Equal("▼ slower −12 %", cells[1].QuerySelector(".chip")!.TextContent.Trim());
        Assert.Equal("−15 % to +30 %", cells[1].QuerySelector(".range")!.TextContent);
        Assert.Equal("It is Slower.", cells[1].QuerySelector(".chip")!.GetAttribute("title"));
    }

    [Fact]
    public void OnlyDifferences_Chosen_LeavesTheSameOut()
    {
        var comparison = Compared.Comparison([Verdict.Slower], [Verdict.Same], [Verdict.NotEnoughData], [Verdict.Faster]);
        var table = Open(comparison, Query with { OnlyDifferences = true });

        Assert.Equal(2, table.FindAll("tbody tr").Count);
        Assert.Equal("2 of 4 cells differ", table.Find("[role=status]").TextContent);
    }

    [Fact]
    public void OnlyDifferences_NoneDiffers_SaysSo() =>
        Assert.Contains("No cell differs", Open(Compared.Comparison([Verdict.Same]), Query with { OnlyDifferences = true }).Markup, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.05, "A change within 3 % to 5 % (by how noisy the cell is) does not count")]
    [InlineData(99, "A change within 3 % does not count")]
    public void Floors_OfTheCells_AreSaidAsFarAsTheyAreAny(double floor, string text)
    {
        var comparison = Compared.Comparison([Verdict.Same], [Verdict.Same]);
        var noisy = comparison.Cells[1] with { Verdicts = [.. comparison.Cells[1].Verdicts.Select(verdict => verdict with { Floor = floor })] };

        Assert.Contains(text, Open(comparison with { Cells = [comparison.Cells[0], noisy] }).Find(".note-line").TextContent, StringComparison.Ordinal);
        if (floor >= 1)
            Assert.Contains("too busy to tell", Open(comparison with { Cells = [noisy] }).Find(".note-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Metric_P99_ShowsTimes()
    {
        var table = Open(Compared.Comparison([Verdict.Slower]), Query with { Metric = Metrics.P99 });

        Assert.Contains("7 ms", table.Find("tbody td").TextContent, StringComparison.Ordinal);
        Assert.Contains("same", table.Find(".chip").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_MetricAndFilter_AreAskedForFromTheFirstPage()
    {
        List<CompareQuery> asked = [];
        var table = Open(Compared.Comparison([Verdict.Slower]), Query with { Page = 3 }, asked.Add);

        table.FindAll("input[type=radio]")[1].Change(true);
        table.Find("input[type=checkbox]").Change(true);

        Assert.Equal([(Metrics.P99, false, 1), (Metrics.Throughput, true, 1)], asked.Select(query => (query.Metric, query.OnlyDifferences, query.Page)));
    }

    [Fact]
    public void EightRunsOfSixtyCells_ArePaged()
    {
        var comparison = Compared.Comparison([.. Enumerable.Range(0, 60).Select(_ => Enumerable.Repeat(Verdict.Same, 7).ToArray())]);
        List<CompareQuery> asked = [];
        var table = Open(comparison, asked: asked.Add);

        Assert.Equal(CompareQuery.PageSize, table.FindAll("tbody tr").Count);
        Assert.Equal(9, table.FindAll("thead th").Count);
        Assert.Contains("page 1 of 3", table.Find("nav").TextContent, StringComparison.Ordinal);
        table.FindAll("nav button")[1].Click();
        Assert.Equal(2, Assert.Single(asked).Page);
        Assert.Contains("threads × 21", Open(comparison, Query with { Page = 2 }).Find("tbody th").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Cell_ThatARunLacks_IsSaid()
    {
        var comparison = Compared.Comparison([Verdict.Same]);
        var cell = comparison.Cells[0] with { Runs = [comparison.Cells[0].Runs[0], null], Verdicts = [] };

        Assert.Contains("does not have it", Open(comparison with { Cells = [cell] }).FindAll("tbody td")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_AtACell_GivesItsNumber()
    {
        List<int> looked = [];
        var table = Open(Compared.Comparison([Verdict.Same], [Verdict.Slower]), Query with { OnlyDifferences = true }, looked: looked.Add);

        table.Find("button.look").Click();

        Assert.Equal([1], looked);
    }

    private IRenderedComponent<ComparedTable> Open(Comparison comparison, CompareQuery? query = null, Action<CompareQuery>? asked = null, Action<int>? looked = null) => Render<ComparedTable>(parameters =>
    {
        parameters.Add(table => table.Sides, Compared.Sides(comparison.Runs.Count)).Add(table => table.Comparison, comparison).Add(table => table.Query, query ?? Query);
        parameters.Add(table => table.OnQuery, asked ?? (_ => { })).Add(table => table.OnLook, looked ?? (_ => { }));
    });
}
