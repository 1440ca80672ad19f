using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Secrets;
using Brigade.Web.Features.Settings;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Secrets;

public sealed class SecretsPanelTests : PageTest
{
    public SecretsPanelTests() => Services.AddSingleton<ISecretCipher>(new SecretCipher(new EphemeralDataProtectionProvider()));

    private SecretStore Store => Services.GetRequiredService<SecretStore>();

    [Fact]
    public async Task Store_Secret_IsListedAndItsValueLeavesThePage()
    {
        var panel = Render<SecretsPanel>();
        panel.WaitForAssertion(() => Assert.Contains("There are no secrets yet", panel.Markup, StringComparison.Ordinal));
        panel.Find("#secret-name").Change("ORDERS_DB");
        panel.Find("#secret-value").Change("canary-112233");
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("ORDERS_DB", Assert.Single(panel.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("canary-112233", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("canary-112233", (await Store.TakeAsync(["ORDERS_DB"]))["ORDERS_DB"]);
    }

    [Fact]
    public async Task Store_WrongName_SaysHowToWriteIt()
    {
        var panel = Render<SecretsPanel>();
        panel.WaitForElement("#secret-name").Change("1 x");
        panel.Find("#secret-value").Change("long enough");
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("begins with a letter", panel.Find("#secret-error").TextContent, StringComparison.Ordinal));
        Assert.Empty(await Store.ListAsync());
    }

    [Fact]
    public async Task Delete_Secret_AsksFirst()
    {
        await Store.SetAsync("GONE", "a value to go");
        var panel = Render<SecretsPanel>();
        panel.WaitForElement("tbody button").Click();
        Dialogs.WaitForAssertion(() => Assert.Contains("cannot be brought back", Dialogs.Markup, StringComparison.Ordinal));
        Assert.Single(await Store.ListAsync());

        Dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Delete").Click();

        panel.WaitForAssertion(() => Assert.Contains("GONE is deleted", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(await Store.ListAsync());
    }

    [Fact]
    public async Task Open_Editor_SeesNamesAndCannotStore()
    {
        await Store.SetAsync("SEEN", "a value to keep");
        Me.Role = WorkspaceRole.Editor;

        var panel = Render<SecretsPanel>();

        panel.WaitForAssertion(() => Assert.Contains("SEEN", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(panel.FindAll("form, button"));
    }

    [Fact]
    public void Settings_Viewer_HasNoSecretsTab()
    {
        Assert.Contains("Secrets and network", Render<SettingsPage>().Find(".tabs").TextContent, StringComparison.Ordinal);

        Me.Role = WorkspaceRole.Viewer;

        Assert.DoesNotContain("Secrets", Render<SettingsPage>().Find(".tabs").TextContent, StringComparison.Ordinal);
    }
}
