using System.Text.Json.Nodes;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class FindingsPanelTests : BunitContext
{
    private static readonly Advice Advice = new("cpu-bound", 0.9, "dotnet", Strategy.Threads, 2, "Two threads did the most.");

    [Fact]
    public void Advice_Sure_SaysWhatToUseThenWhy()
    {
        var text = Open(Result() with { Advice = Advice }).Find(".advice").TextContent;
        Assert.StartsWith("Use threads with 2 workers in dotnet", text.Trim(), StringComparison.Ordinal);
        Assert.Contains("Two threads did the most.", text, StringComparison.Ordinal);
        Assert.Contains("limited by the processor; confidence 90 %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_Unsure_SaysWhyThenPerhaps()
    {
        var text = Open(Result() with { Advice = Advice with { Confidence = 0.49, Strategy = Strategy.Sequential, Workers = 1 } }).Find(".advice").TextContent;
        Assert.DoesNotContain("Use", text, StringComparison.Ordinal);
        Assert.Contains("Perhaps sequential in dotnet.", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("Two threads did the most.", StringComparison.Ordinal) < text.IndexOf("Perhaps", StringComparison.Ordinal));
    }

    [Fact]
    public void Finding_Warning_IsMarkedInWords()
    {
        var item = Open(Result() with { Findings = [new Finding("noise", "warning", "The repetitions differ.", new JsonObject())] }).Find("[data-finding=noise]");
        Assert.Equal("Mind: The repetitions differ.", item.TextContent.Trim());
        Assert.Equal("warning", item.GetAttribute("data-severity"));
    }

    [Fact]
    public void Findings_None_SaysSo() => Assert.Contains("Nothing stands out", Open(Result()).Markup, StringComparison.Ordinal);

    [Fact]
    public void Threshold_FailsInACell_NamesTheCell()
    {
        var item = Open(Result() with { Thresholds = [new ThresholdOutcome("throughput > 1000/s", 0, false, 400), new ThresholdOutcome("errors.ratio < 1%", 0, true, 0)] }).FindAll("li").Select(item => item.TextContent.Trim()).ToList();
        Assert.Equal(["throughput > 1000/s fails in 1 cell of 1: python · threads × 2", "errors.ratio < 1% holds in every cell"], item, StringComparer.Ordinal);
    }

    private static RunResult Result() => new()
    {
        Name = "primes",
        Status = RunStatus.Completed,
        Seed = 1,
        Machine = Given.Machine,
        Trials = [],
        Cells = [new CellResult(new Cell("python", Strategy.Threads, 2, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)), 1, new CellFigures(400, 1, 1, 1, 1, 1, 1), new CellInterval(400, 400), null, null)],
        Findings = [],
        Thresholds = [],
    };

    private IRenderedComponent<FindingsPanel> Open(RunResult result) => Render<FindingsPanel>(parameters => parameters.Add(panel => panel.Result, result));
}
