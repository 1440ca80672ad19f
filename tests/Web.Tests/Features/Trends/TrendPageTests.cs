using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Features.Trends;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Trends;

public sealed class TrendPageTests : PageTest
{
    [Fact]
    public void Open_UnknownExperiment_SaysSo() => Contains(Open(Guid.CreateVersion7()), "does not exist");

    [Fact]
    public async Task Open_NothingMeasured_SaysWhatToDo()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        Contains(Open(experiment), "Nothing was measured yet");
    }

    [Fact]
    public async Task Open_Runs_ShowsEachWithItsFigures()
    {
        var history = await this.StoreHistoryAsync(100, 110, 105);

        var page = Open(history.Experiment);

        Contains(page, "Trend of primes");
        Assert.Equal(["105/s", "110/s", "100/s"], page.FindAll("tbody td:nth-child(3)").Select(cell => cell.TextContent), StringComparer.Ordinal);
        Assert.Equal($"/runs/{history.Runs[2]}", page.Find("tbody th a").GetAttribute("href"));
        Assert.Contains("3 runs", page.Find("[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OneRun_SaysThatItIsNoTrend() => Contains(Open((await this.StoreHistoryAsync(100)).Experiment), "One run is no trend yet");

    [Fact]
    public async Task Choose_Metric_GoesToTheAddressAndShowsIt()
    {
        var page = Open((await this.StoreHistoryAsync(100, 110)).Experiment);
        Contains(page, "110/s");

        page.Find("#metric").Change("errors");

        Assert.EndsWith("/trend?metric=errors", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("Errors", page.Find("figcaption h2").TextContent));
    }

    [Fact]
    public async Task Choose_RangeWithoutRuns_OffersAll()
    {
        var page = Open((await this.StoreHistoryAsync(100, 110)).Experiment);
        Contains(page, "110/s");
        Time.Advance(TimeSpan.FromDays(45));

        page.Find("#range").Change("30d");
        Contains(page, "No run in this range");
        page.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), "Show all", StringComparison.Ordinal)).Click();

        Contains(page, "110/s");
    }

    [Fact]
    public async Task Annotate_Text_IsShownAndCanBeDeleted()
    {
        var page = Open((await this.StoreHistoryAsync(100, 110)).Experiment);
        Contains(page, "Annotations");

        page.Find("#note-text").Input("upgraded to Python 3.12");
        page.Find("form.add").Submit();
        page.WaitForAssertion(() => Assert.Contains("upgraded to Python 3.12", page.Find(".notes").TextContent, StringComparison.Ordinal));
        page.Find(".notes button").Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notes")));
    }

    [Fact]
    public async Task Annotate_Nothing_SaysWhatIsMissing()
    {
        var page = Open((await this.StoreHistoryAsync(100)).Experiment);
        Contains(page, "Annotations");

        page.Find("form.add").Submit();

        Contains(page, "Write what happened.");
    }

    [Fact]
    public async Task Annotate_ReaderWhoHasTomorrowAlready_OffersTheirDay()
    {
        var experiment = (await this.StoreHistoryAsync(100, 110)).Experiment;
        var clock = Services.GetRequiredService<ReaderClock>();
        clock.UseZone("Pacific/Kiritimati");
        var page = Open(experiment);
        Contains(page, "Annotations");
        Assert.Equal("2026-01-06", page.Find("#note-at").GetAttribute("value"));

        page.Find("#note-at").Change("2026-01-05");
        page.Find("#note-text").Input("the day before");
        page.Find("form.add").Submit();

        page.WaitForAssertion(() => Assert.Contains("5 Jan 2026, 12:00", page.Find(".notes").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_ImportedRun_IsMarked()
    {
        var history = await this.StoreHistoryAsync(100);
        await Runs.ImportAsync([new ImportedRun(Given.Spec(), "hyperfine", Given.Machine, Given.Plan(1), [Given.Result(0)], Given.Noon, Given.Noon, history.Experiment)]);

        Contains(Open(history.Experiment), "Imported from hyperfine.");
    }

    [Fact]
    public async Task Decide_ChangeOfTheCell_IsRememberedAndUndone()
    {
        var history = await this.StoreHistoryAsync(100, 80);
        await this.StoreChangeAsync(history, run: 1);
        var page = Open(history.Experiment);
        Contains(page, "Throughput fell by 20 %, from 100/s to 80/s");

        Button(page, "Accept").Click();
        page.Find(".decide input").Input("known: new kernel");
        page.Find(".decide").Submit();
        page.WaitForAssertion(() => Assert.Contains("known: new kernel", page.Find(".said").TextContent, StringComparison.Ordinal));
        Assert.Equal(ChangeState.Accepted, Assert.Single((await Changes.ListAsync(new ChangeQuery())).Items).State);
        Button(page, "Undo").Click();

        page.WaitForAssertion(() => Assert.NotNull(Button(page, "It is noise")));
        Assert.Equal(ChangeState.Open, Assert.Single((await Changes.ListAsync(new ChangeQuery())).Items).State);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<TrendPage> page, string text) =>
        page.FindAll(".change button").First(button => string.Equals(button.TextContent.Trim(), text, StringComparison.Ordinal));

    private static void Contains(IRenderedComponent<TrendPage> page, string text) => page.WaitForAssertion(() => Assert.Contains(text, page.Markup, StringComparison.Ordinal));

    private IRenderedComponent<TrendPage> Open(Guid experiment)
    {
        Navigation.NavigateTo($"/experiments/{experiment}/trend");
        return Render<TrendPage>(parameters => parameters.Add(page => page.Id, experiment));
    }
}
