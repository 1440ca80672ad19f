using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access.Keys;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Keys;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Keys;

public sealed class KeysPanelTests : PageTest
{
    public KeysPanelTests()
    {
        Services.AddApiKeys();
        Services.AddSingleton<ISessions>(new NoSessions());
    }

    private ApiKeyStore Store => Services.GetRequiredService<ApiKeyStore>();

    [Fact]
    public async Task Create_Key_IsShownOnceAndListed()
    {
        var panel = Render<KeysPanel>();
        panel.WaitForAssertion(() => Assert.Contains("There are no keys yet", panel.Markup, StringComparison.Ordinal));
        panel.Find("#key-name").Change("pipeline");
        panel.Find("#key-scope").Change("Runner");
        panel.Find("#key-days").Change("30");
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.StartsWith("brg_", panel.Find("#new-key").GetAttribute("value"), StringComparison.Ordinal));
        panel.WaitForAssertion(() => Assert.Contains("pipeline", Assert.Single(panel.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
        var row = Assert.Single(await Store.ListAsync());
        Assert.Equal((ApiKeyScope.Runner, Given.Noon.AddDays(30)), (row.Scope, row.ExpiresAt));

        panel.FindAll("button").Single(button => button.TextContent.Contains("Done", StringComparison.Ordinal)).Click();
        Assert.Empty(panel.FindAll("#new-key"));
    }

    [Fact]
    public async Task Create_WithoutName_SaysWhatIsMissing()
    {
        var panel = Render<KeysPanel>();
        panel.WaitForElement("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("Say what the key is for", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(await Store.ListAsync());
    }

    [Fact]
    public async Task Revoke_Key_AsksFirst()
    {
        await Store.CreateAsync("old", ApiKeyScope.Read, "brg_123456", new string('0', 64), expiresAt: null);
        var panel = Render<KeysPanel>();
        panel.WaitForElement("tbody button").Click();
        Dialogs.WaitForAssertion(() => Assert.Contains("cannot be undone", Dialogs.Markup, StringComparison.Ordinal));
        Assert.Null(Assert.Single(await Store.ListAsync()).RevokedAt);

        Dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Revoke").Click();

        panel.WaitForAssertion(() => Assert.Contains("revoked", Assert.Single(panel.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
        Assert.NotNull(Assert.Single(await Store.ListAsync()).RevokedAt);
    }

    private sealed class NoSessions : ISessions
    {
        public void End(Guid userId)
        {
        }

        public void End(string actorId)
        {
        }

        public void EndWorkspace(Guid workspaceId)
        {
        }
    }
}
