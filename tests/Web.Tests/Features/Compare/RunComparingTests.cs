using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.Compare;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class RunComparingTests : PageTest
{
    private BaselineStore Baselines => Services.GetRequiredService<BaselineStore>();

    [Fact]
    public async Task Open_BaselineFromBefore_SaysTheVerdictAndLinksToIt()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        var first = await MeasureAsync(experiment, 100);
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, first.Id, "");
        var second = await MeasureAsync(experiment, 50);

        var line = Open(second);

        line.WaitForElement(".line[data-verdict=Slower]");
        Assert.Contains("Against the baseline: Slower", line.Find(".line").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/compare?runs={first.Id},{second.Id}", line.Find(".line a").GetAttribute("href"));
    }

    [Fact]
    public async Task Open_NoExperiment_OffersOtherRunsOnly()
    {
        var line = Open(await Runs.MeasureAsync());

        line.WaitForAssertion(() => Assert.Equal("another run, or its own cells", Assert.Single(line.FindAll(".more a")).TextContent));
        Assert.Empty(line.FindAll("button"));
    }

    [Fact]
    public async Task Open_RunWithoutFigures_DoesNotBlameTheBaseline()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, (await MeasureAsync(experiment, 100)).Id, "");
        Time.Advance(TimeSpan.FromMinutes(1));
        var run = await Runs.CreateAsync(Given.Spec(), 42, 6, experiment);
        await Runs.CommitAsync(run.Id, new RunChanges { Status = RunStatus.Failed, EndedAt = Given.Noon });

        var line = Open((await Runs.FindAsync(run.Id))!.Row);

        line.WaitForAssertion(() => Assert.Equal("This run has no figures to compare with the baseline.", line.Find(".line").TextContent.Trim()));
    }

    [Fact]
    public async Task Open_EarlierRun_OffersIt()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        var (first, second) = (await MeasureAsync(experiment, 100), await MeasureAsync(experiment, 100));

        var line = Open(second);

        line.WaitForAssertion(() => Assert.Equal($"/compare?runs={first.Id},{second.Id}", line.FindAll(".more a")[0].GetAttribute("href")));
    }

    [Fact]
    public async Task Pin_WithANote_IsPinnedAndSaid()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        var run = await MeasureAsync(experiment, 100);
        var line = Open(run);
        line.WaitForElement("button").Click();
        Dialogs.WaitForElement("input").Input("release 1.4");
        Dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Pin").Click();

        line.WaitForAssertion(() => Assert.Contains("Baseline of this experiment", line.Find(".pinned").TextContent, StringComparison.Ordinal));
        Assert.Equal("release 1.4", Assert.Single(await Baselines.ListAsync(experiment)).Note);
    }

    [Fact]
    public async Task Pin_WhereAnotherIs_AsksToReplaceIt()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, (await MeasureAsync(experiment, 100)).Id, "the old one");
        var run = await MeasureAsync(experiment, 100);
        var line = Open(run);
        line.WaitForElement("button.link").Click();

        Dialogs.WaitForAssertion(() => Assert.Contains("the old one", Dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Replace").Click();

        line.WaitForElement(".pinned");
        Assert.Equal(run.Id, Assert.Single(await Baselines.ListAsync(experiment)).RunId);
    }

    [Fact]
    public async Task Experiment_Baseline_IsShownAndUnpinnedAfterAQuestion()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, (await MeasureAsync(experiment, 100)).Id, "why");
        var section = Render<BaselineSection>(parameters => parameters.Add(it => it.ExperimentId, experiment));
        section.WaitForAssertion(() => Assert.Contains("why", section.Find("li").TextContent, StringComparison.Ordinal));

        section.Find("li button").Click();
        Dialogs.WaitForAssertion(() => Assert.Contains("Unpin this baseline?", Dialogs.Markup, StringComparison.Ordinal));
        Dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Unpin").Click();

        section.WaitForAssertion(() => Assert.Empty(section.FindAll("li")));
        Assert.Empty(await Baselines.ListAsync(experiment));
    }

    private async Task<RunRow> MeasureAsync(Guid experiment, double throughput)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        return await Runs.MeasureAsync(throughput, experiment);
    }

    private IRenderedComponent<RunComparing> Open(RunRow run) => Render<RunComparing>(parameters => parameters.Add(it => it.Run, run));
}
