using Brigade.Web.Features.Runs;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class ResultChartTests : BunitContext
{
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _chart;

    public ResultChartTests()
    {
        _module = JSInterop.SetupModule("/dist/resultCharts.js");
        _chart = _module.SetupModule("speedupChart", _ => true);
        _chart.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Render_Data_DrawsItUnderItsDescription()
    {
        var chart = Open(new { cores = 2 });
        Assert.Single(_module.Invocations["speedupChart"]);
        Assert.Equal("Speed-up over workers", chart.Find("[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Render_SameData_IsNotDrawnAgain()
    {
        var chart = Open(new { cores = 2 });
        chart.Render(parameters => parameters.Add(it => it.Data, new { cores = 2 }));
        Assert.Single(_module.Invocations["speedupChart"]);
    }

    [Fact]
    public void Render_OtherData_ReplacesTheChart()
    {
        var chart = Open(new { cores = 2 });
        chart.Render(parameters => parameters.Add(it => it.Data, new { cores = 4 }));
        Assert.Equal(2, _module.Invocations["speedupChart"].Count);
        Assert.Single(_chart.Invocations["dispose"]);
    }

    [Fact]
    public async Task Leave_Page_DisposesTheChart()
    {
        Open(new { cores = 2 });
        await DisposeComponentsAsync();
        Assert.Single(_chart.Invocations["dispose"]);
    }

    private IRenderedComponent<ResultChart> Open(object data) => Render<ResultChart>(parameters => parameters
        .Add(chart => chart.Function, "speedupChart").Add(chart => chart.Data, data).Add(chart => chart.Label, "Speed-up over workers"));

    [Theory]
    [InlineData("png")]
    [InlineData("svg")]
    public void Save_Kind_AsksTheChartForTheFile(string kind)
    {
        var chart = Open(new { cores = 2 });

        chart.Find($"[aria-label='Save as {kind.ToUpperInvariant()}: speedupChart']").Click();

        Assert.Equal($"speedupChart.{kind}", string.Join('.', _chart.Invocations["save"].Single().Arguments));
    }
}
