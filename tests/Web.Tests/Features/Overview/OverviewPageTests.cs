using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Overview;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Overview;

public sealed class OverviewPageTests : PageTest
{
    [Fact]
    public void Open_Always_OffersEveryPreset() => Assert.Equal(SpecPresets.All.Select(preset => preset.Title), Render<OverviewPage>().FindAll(".preset h3").Select(title => title.TextContent), StringComparer.Ordinal);

    [Fact]
    public void Run_Preset_SubmitsItAndOpensTheRun()
    {
        var page = Render<OverviewPage>();
        page.WaitForElement("[data-preset=primes] button").Click();
        page.WaitForAssertion(() => Assert.EndsWith($"/runs/{Assert.Single(ControlPlane.Submitted).Run}", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_RunningRun_ShowsItsProgress()
    {
        await StoreRunAsync("busy one", RunStatus.Running);
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Equal("Progress of busy one", page.Find("[role=progressbar]").GetAttribute("aria-label")));
    }

    [Fact]
    public async Task Open_LongQueue_ShowsItsBeginningAndHowMuchMoreThereIs()
    {
        for (var run = 0; run < 22; run++)
        {
            await StoreRunAsync($"run {run}");
            Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        var page = Render<OverviewPage>();

        page.WaitForAssertion(() => Assert.Equal("And 2 more", page.Find("[aria-labelledby=now] .all").TextContent.Trim()));
        Assert.Equal(20, page.FindAll(".open li").Count);
        Assert.Equal("run 0", page.Find(".open li a").TextContent);
    }

    [Fact]
    public async Task Wait_NewRun_Appears()
    {
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Contains("Nothing was measured yet", page.Markup, StringComparison.Ordinal));
        await StoreRunAsync("late one");
        Time.Advance(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.Contains("late one", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_NoRunner_Warns()
    {
        ControlPlane.Runners.Clear();
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Contains("No runner is connected", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_ControlPlaneDown_ShowsAMessageAndAWayOn()
    {
        ControlPlane.IsDown = true;
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Contains("could not be loaded", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll("[role=alert]"));
        Assert.DoesNotContain("Loading", page.Markup, StringComparison.Ordinal);
        ControlPlane.IsDown = false;
        page.Find("[role=alert] button").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
    }

    [Fact]
    public async Task Run_Fails_TheMessageOutlivesARefresh()
    {
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Contains("Nothing was measured yet", page.Markup, StringComparison.Ordinal));
        ControlPlane.IsDown = true;
        page.Find("[data-preset=primes] button").Click();
        page.WaitForAssertion(() => Assert.Contains("could not be started", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        ControlPlane.IsDown = false;
        await StoreRunAsync("late one");
        Time.Advance(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.Contains("late one", page.Markup, StringComparison.Ordinal));
        Assert.Contains("could not be started", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ChangeWasFound_IsInTheFeedUntilItIsDecided()
    {
        var history = await this.StoreHistoryAsync(100, 80);
        await this.StoreChangeAsync(history, run: 1);
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Contains("Throughput fell by 20 %, from 100/s to 80/s", page.Find(".change").TextContent, StringComparison.Ordinal));
        Assert.Contains("Regression", page.Find(".change h3").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [$"/experiments/{history.Experiment}/trend?cell={history.CellKey}&metric=throughput", $"/compare?runs={history.Runs[0]},{history.Runs[1]}"],
            page.FindAll(".change .row-actions a").Select(link => link.GetAttribute("href")!), StringComparer.Ordinal);

        page.FindAll(".change button").Single(button => string.Equals(button.TextContent.Trim(), "It is noise", StringComparison.Ordinal)).Click();
        page.Find(".decide").Submit();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".change")));
        page.Find("[aria-labelledby=changes] input[type=checkbox]").Change(true);

        page.WaitForAssertion(() => Assert.Equal("Noise", page.Find(".change .status").TextContent));
    }

    [Fact]
    public async Task Open_NothingChanged_SaysSo()
    {
        await StoreRunAsync("alpha");
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Contains("No cell of an experiment has become faster or slower", page.Markup, StringComparison.Ordinal));
    }
}
