using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Schedules;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Schedules;

public sealed class ScheduleSectionTests : PageTest
{
    private ScheduleStore Store => Services.GetRequiredService<ScheduleStore>();

    [Fact]
    public async Task Add_Choice_IsStoredWithItsNextTime()
    {
        BrowserModule.Setup<string>("timeZone").SetResult("Europe/Berlin");
        var (experiment, section) = await OpenAsync();

        section.WaitForAssertion(() => Assert.Equal("Europe/Berlin", section.Find("#schedule-zone").GetAttribute("value")));
        section.Find("form").Submit();

        section.WaitForAssertion(() => Assert.Contains("0 3 * * *", section.Find(".schedules").TextContent, StringComparison.Ordinal));
        var row = Assert.Single(await Store.ListAsync(experiment));
        Assert.Equal(("0 3 * * *", "Europe/Berlin", true, new DateTimeOffset(2026, 1, 6, 2, 0, 0, TimeSpan.Zero)), (row.Cron, row.TimeZone, row.IsEnabled, row.NextAt!.Value));
    }

    [Fact]
    public async Task Type_WrongCron_SaysWhereAndCannotBeAdded()
    {
        var (experiment, section) = await OpenAsync();

        section.WaitForElement("#schedule-cron").Input("0 99 * * *");

        section.WaitForAssertion(() => Assert.Contains("The hour '99' (field 2, at character 3)", section.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", section.Find("#schedule-cron").GetAttribute("aria-invalid"));
        section.Find("form").Submit();
        Assert.Empty(await Store.ListAsync(experiment));
    }

    [Fact]
    public async Task Pause_AndGoOn_StopsAndStartsIt()
    {
        var (experiment, section) = await OpenAsync();
        section.WaitForElement("form").Submit();
        section.WaitForElement(".schedules");

        Press(section, "Pause");
        section.WaitForAssertion(() => Assert.Contains("Paused", section.Find(".schedules").TextContent, StringComparison.Ordinal));
        Assert.Null(Assert.Single(await Store.ListAsync(experiment)).NextAt);

        Press(section, "Go on");
        section.WaitForAssertion(() => Assert.DoesNotContain("Paused", section.Find(".schedules").TextContent, StringComparison.Ordinal));
        Assert.NotNull(Assert.Single(await Store.ListAsync(experiment)).NextAt);
    }

    [Fact]
    public async Task Delete_Asked_TakesItAway()
    {
        var (experiment, section) = await OpenAsync();
        section.WaitForElement("form").Submit();
        section.WaitForElement(".schedules");

        Press(section, "Delete");
        Dialogs.WaitForElement(".mud-dialog");
        Dialogs.FindAll("button").Single(button => button.TextContent == "Delete").Click();

        section.WaitForAssertion(() => Assert.Empty(section.FindAll(".schedules")));
        Assert.Empty(await Store.ListAsync(experiment));
    }

    [Fact]
    public async Task Open_Viewer_ReadsThemAndChangesNothing()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        await Store.CreateAsync(experiment, "0 3 * * *", "UTC", isEnabled: true, Given.Noon);
        Me.Role = WorkspaceRole.Viewer;

        var section = Render<ScheduleSection>(parameters => parameters.Add(it => it.ExperimentId, experiment));

        section.WaitForElement(".schedules");
        Assert.Empty(section.FindAll("button"));
        Assert.Empty(section.FindAll("form"));
    }

    [Fact]
    public async Task Panel_OfTheWorkspace_NamesTheExperiment()
    {
        await Store.CreateAsync((await Experiments.CreateAsync(Given.Spec("nightly primes"))).Id, "0 3 * * *", "UTC", isEnabled: true, Given.Noon);

        var panel = Render<SchedulesPanel>();

        panel.WaitForAssertion(() => Assert.Equal("nightly primes", panel.Find(".schedules a").TextContent));
    }

    private static void Press(IRenderedComponent<ScheduleSection> section, string text) =>
        section.FindAll(".schedules button").Single(button => button.TextContent.StartsWith(text, StringComparison.Ordinal)).Click();

    private async Task<(Guid Experiment, IRenderedComponent<ScheduleSection> Section)> OpenAsync()
    {
        var experiment = (await Experiments.CreateAsync(Given.Spec())).Id;
        return (experiment, Render<ScheduleSection>(parameters => parameters.Add(it => it.ExperimentId, experiment)));
    }
}
