using Brigade.Contracts.Spec;
using Brigade.Web.Features.Experiments;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Experiments;

public sealed class PlanSummaryTests : BunitContext
{
    [Fact]
    public void Render_Spec_CountsCellsAndTrials() => Assert.StartsWith("1 cell × 2 repetitions = 2 trials", Open(Given.Spec()).Find(".plan-line").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Render_KnownDuration_SaysAboutHowLongItTakes() =>
        Assert.Contains(", about ", Open(Given.Spec() with { Load = new LoadSpec { Duration = TimeSpan.FromSeconds(5) } }).Find(".plan-line").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Render_FoldedCells_SaysWhy() =>
        Assert.Contains("sequential", Open(Given.Spec() with { Matrix = new MatrixSpec { Strategy = [Strategy.Sequential], Workers = [1, 2] } }).Find("li").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Render_NoSpec_SaysThatItWaits()
    {
        var summary = Open(null);
        Assert.Empty(summary.FindAll(".plan-line"));
        Assert.Contains("once everything can be read", summary.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<PlanSummary> Open(ExperimentSpec? spec) => Render<PlanSummary>(parameters => parameters.Add(summary => summary.Spec, spec));
}
