using Brigade.Web.Components.Shared;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace Brigade.Web.Tests.Components.Shared;

public sealed class TabStripTests : PageTest
{
    private readonly List<string?> _chosen = [];

    [Fact]
    public void Render_NothingChosen_ShowsTheFirstOnly()
    {
        var strip = Show(chosen: null);
        Assert.Equal("first view", strip.Find("[role=tabpanel]").TextContent);
        Assert.Equal(["true", "false", "false"], strip.FindAll("[role=tab]").Select(tab => tab.GetAttribute("aria-selected")), StringComparer.Ordinal);
        Assert.Equal(["0", "-1", "-1"], strip.FindAll("[role=tab]").Select(tab => tab.GetAttribute("tabindex")), StringComparer.Ordinal);
        Assert.Equal(strip.Find("[role=tabpanel]").Id, strip.Find("[aria-selected=true]").GetAttribute("aria-controls"));
    }

    [Fact]
    public void Render_Chosen_ShowsIt() => Assert.Equal("third view", Show("third").Find("[role=tabpanel]").TextContent);

    [Fact]
    public void Render_ChosenUnknown_ShowsTheFirst() => Assert.Equal("first view", Show("nonsense").Find("[role=tabpanel]").TextContent);

    [Fact]
    public void Render_NoTabs_ShowsNothing() => Assert.Empty(Render<TabStrip>(parameters => parameters.Add(strip => strip.Label, "Views")).Markup.Trim());

    [Fact]
    public void Click_Tab_GivesItsKey_AndNoneForTheFirst()
    {
        var strip = Show("second");
        strip.FindAll("[role=tab]")[2].Click();
        strip.FindAll("[role=tab]")[0].Click();
        Assert.Equal(["third", null], _chosen);
    }

    [Theory]
    [InlineData("ArrowRight", "second", "third")]
    [InlineData("ArrowLeft", "second", null)]
    [InlineData("ArrowRight", "third", null)]
    [InlineData("ArrowLeft", null, "third")]
    public void Key_Arrow_GoesToTheNextAndRoundTheEnds(string key, string? from, string? to)
    {
        var strip = Show(from);
        strip.Find("[aria-selected=true]").KeyDown(key);
        Assert.Equal([to], _chosen);
    }

    [Fact]
    public void Key_ArrowOfAShortcut_IsTheBrowsers()
    {
        Show("second").Find("[aria-selected=true]").KeyDown(new KeyboardEventArgs { Key = "ArrowLeft", AltKey = true });
        Assert.Empty(_chosen);
    }

    private IRenderedComponent<TabStrip> Show(string? chosen) => Render<TabStrip>(parameters => parameters
        .Add(strip => strip.Label, "Views")
        .Add(strip => strip.Tabs, [Tab("first"), Tab("second"), Tab("third")])
        .Add(strip => strip.Chosen, chosen)
        .Add(strip => strip.ChosenChanged, _chosen.Add));

    private static TabView Tab(string key) => new(key, key, builder => builder.AddContent(0, $"{key} view"));
}
