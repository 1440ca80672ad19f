using Brigade.Data.Entities;
using Brigade.Web.Features.Audit;
using Brigade.Web.Features.Settings;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Audit;

public sealed class AuditPanelTests : PageTest
{
    [Fact]
    public async Task Open_Acts_AreListedAndFiltered()
    {
        await Experiments.CreateAsync(Given.Spec("alpha"));
        await StoreRunAsync("beta");
        var panel = Render<AuditPanel>();
        panel.WaitForAssertion(() => Assert.Equal(2, panel.FindAll("tbody tr").Count));
        Assert.Contains("Ada", panel.Markup, StringComparison.Ordinal);

        panel.Find("#audit-action").Change("experiment");
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("alpha", Assert.Single(panel.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
        panel.Find("#audit-actor").Change("Nobody");
        panel.Find("form").Submit();
        panel.WaitForAssertion(() => Assert.Contains("Nothing matches", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_Editor_HasNoAuditTab()
    {
        Assert.Contains("Audit", Render<SettingsPage>().Find(".tabs").TextContent, StringComparison.Ordinal);

        Me.Role = WorkspaceRole.Editor;

        Assert.DoesNotContain("Audit", Render<SettingsPage>().Find(".tabs").TextContent, StringComparison.Ordinal);
    }
}
