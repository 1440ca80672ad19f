using Brigade.Data.Queries;
using Brigade.Web.Features.Settings;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Settings;

public sealed class RetentionPanelTests : PageTest
{
    private RetentionStore Store => Services.GetRequiredService<RetentionStore>();

    [Fact]
    public void Open_NothingChosen_DeletesNothing()
    {
        var page = Render<RetentionPanel>();
        page.WaitForAssertion(() => Assert.False(page.Find("#frames-on").HasAttribute("checked")));
        Assert.True(page.Find("#frames-days").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Save_Rule_AsksFirstAndIsKept()
    {
        var page = Render<RetentionPanel>();
        page.WaitForElement("#frames-on").Change(true);
        page.Find("#frames-days").Change("30");
        page.Find("form").Submit();
        Dialogs.WaitForAssertion(() => Assert.Contains("cannot be brought back", Dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal(RetentionRules.KeepAll, await Store.RulesAsync());

        Dialogs.FindAll("button").Single(button => button.TextContent.Contains("Save and delete", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Contains("deleted within the hour", page.Find(".said").TextContent, StringComparison.Ordinal));
        Assert.Equal(new RetentionRules(30, null), await Store.RulesAsync());
    }

    [Fact]
    public async Task Save_NoDays_SaysWhatIsWrong()
    {
        var page = Render<RetentionPanel>();
        page.WaitForElement("#trials-on").Change(true);
        page.Find("#trials-days").Change("0");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("whole numbers from 1", page.Find(".said").TextContent, StringComparison.Ordinal));
        Assert.Equal(RetentionRules.KeepAll, await Store.RulesAsync());
    }
}
