using Brigade.Contracts.Network;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Network;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Network;

public sealed class NetworkPanelTests : PageTest
{
    public NetworkPanelTests()
    {
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddTransient<OutgoingRules>();
    }

    private NetworkStore Store => Services.GetRequiredService<NetworkStore>();

    [Fact]
    public async Task Save_List_IsKept()
    {
        var panel = Render<NetworkPanel>();
        panel.WaitForElement("#allowed-targets").Change("db.example.com:5432\n\n 10.0.0.0/8 \n");
        panel.Find("#only-listed").Change(true);
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("Saved", panel.Markup, StringComparison.Ordinal));
        Assert.Equal(new NetworkRules(["db.example.com:5432", "10.0.0.0/8"], OnlyListed: true), await Store.RulesAsync());
    }

    [Fact]
    public async Task Save_WrongEntry_SaysHowToWriteIt()
    {
        var panel = Render<NetworkPanel>();
        panel.WaitForElement("#allowed-targets").Change("http://db.example.com");
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("is no target: write a host name", panel.Find("#allowed-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(NetworkRules.PublicOnly, await Store.RulesAsync());
    }

    [Fact]
    public void Open_Editor_CannotChange()
    {
        Me.Role = WorkspaceRole.Editor;

        var panel = Render<NetworkPanel>();

        panel.WaitForAssertion(() => Assert.True(panel.Find("#allowed-targets").HasAttribute("readonly")));
        Assert.Empty(panel.FindAll("button"));
    }
}
