using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs.Search;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs.Search;

public sealed class AdvicePanelTests : BunitContext
{
    private static readonly Advice Advice = new("cpu-bound", 0.9, "python3.11", Strategy.Processes, 2, "Because.")
    {
        ThroughputPerSecond = 183,
        Interval = new CellInterval(180, 186),
        Cost = new AdviceCost(48 << 20, 5.5, 60),
        RunnerUp = new RunnerUp(4, "python3.11", Strategy.Sequential, 1, 100, 0.45, 0.44, 0.46, new AdviceCost(14 << 20, 5, 30)),
        Evidence = [new AdviceEvidence("gil", "The GIL: 2 threads used 1.02 cores of 2.", 1.02, "processors")],
    };

    [Fact]
    public void RunnerUp_IsShownWithHowFarItIsBehindAndWhatBothCost()
    {
        var panel = Open(Advice);

        Assert.Matches("python3.11 · processes × 2.*183/s.*180 to 186.*48 MiB.*5.5 s.*60 ms", Text(panel, "[data-advised]"));
        Assert.Matches("python3.11 · sequential.*100/s.*45 %.*44 % to 46 %.*14 MiB.*5 s.*30 ms", Text(panel, "[data-runner-up]"));
    }

    [Fact]
    public void Evidence_IsListedAndOpenAtTheEndOfASearch()
    {
        Assert.Equal("The GIL: 2 threads used 1.02 cores of 2.", Open(Advice).Find("[data-evidence=gil]").TextContent);
        Assert.NotNull(Open(Advice, isOpen: true).Find("details.evidence").GetAttribute("open"));
        Assert.Null(Open(Advice).Find("details.evidence").GetAttribute("open"));
    }

    [Fact]
    public void NoDifference_IsSaid() => Assert.Contains("No difference that matters", Open(Advice with { NoDifference = true }).Markup, StringComparison.Ordinal);

    [Fact]
    public void MemoryBound_IsExplained() => Assert.Contains("workers wait for the memory that they share", Open(Advice with { Class = "memory-bound" }).Markup, StringComparison.Ordinal);

    private static string Text(IRenderedComponent<AdvicePanel> panel, string row) => panel.Find(row).TextContent.ReplaceLineEndings(" ");

    private IRenderedComponent<AdvicePanel> Open(Advice advice, bool isOpen = false) =>
        Render<AdvicePanel>(parameters => parameters.Add(panel => panel.Advice, advice).Add(panel => panel.IsOpen, isOpen));
}
