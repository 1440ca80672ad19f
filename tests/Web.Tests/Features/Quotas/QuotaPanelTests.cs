using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Quotas;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Quotas;

public sealed class QuotaPanelTests : PageTest
{
    private QuotaStore Store => Services.GetRequiredService<QuotaStore>();

    [Fact]
    public async Task Save_Limits_AreKeptAndPresentUseIsShown()
    {
        await StoreRunAsync();
        var panel = Render<QuotaPanel>();
        panel.WaitForAssertion(() => Assert.Equal("1", panel.FindAll("tbody tr")[0].QuerySelectorAll("td")[1].TextContent));
        panel.Find("#quota-runsAtATime").Change("5");
        panel.Find("#quota-storedBytes").Change("10");

        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Equal("Saved.", panel.Find(".said").TextContent));
        Assert.Equal(new QuotaRules(5, null, 10 << 20, null), await Store.RulesAsync());
    }

    [Fact]
    public async Task Save_OutOfBounds_SaysWhichAndKeepsNothing()
    {
        var panel = Render<QuotaPanel>();
        panel.WaitForElement("#quota-runMinutesAMonth").Change("0");

        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("Run minutes a month is out of bounds", panel.Find(".said").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", panel.Find("#quota-runMinutesAMonth").GetAttribute("aria-invalid"));
        Assert.Equal(QuotaRules.None, await Store.RulesAsync());
    }

    [Fact]
    public void Open_Editor_ReadsOnly()
    {
        Me.Role = WorkspaceRole.Editor;

        var panel = Render<QuotaPanel>();

        panel.WaitForAssertion(() => Assert.Contains("Only admins", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(panel.FindAll("input, button"));
    }
}
