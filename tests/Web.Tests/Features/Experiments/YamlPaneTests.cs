using Brigade.Web.Components.Shared;
using Brigade.Web.Features.Experiments;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Experiments;

public sealed class YamlPaneTests : PageTest
{
    private readonly SpecDraft _draft = new(Given.Spec());

    [Fact]
    public void Render_Draft_ShowsItsYaml() => Assert.Equal(_draft.Yaml, Open().Find("#yaml").GetAttribute("value"));

    [Fact]
    public void Type_AtEachKey_HandsOnTheWholeText()
    {
        var typed = "";
        Open(text => typed = text).Find("#yaml").Input("version: 1\n");
        Assert.Equal("version: 1\n", typed);
    }

    [Fact]
    public void Errors_InTheText_AreListedWithTheirPlaceAndMarkedInTheText()
    {
        _draft.YamlChanged("version: 1\nnmae: x\n");
        var pane = Open();
        Assert.Contains(pane.FindAll(".place"), place => place.TextContent.StartsWith("line 2, column", StringComparison.Ordinal));
        Assert.Contains(pane.FindComponent<CodeArea>().Instance.Marks, mark => mark.Line == 2 && mark.Message.Contains("nmae", StringComparison.Ordinal));
        Assert.Equal("polite", pane.Find("#yaml-state").GetAttribute("aria-live"));
    }

    [Fact]
    public void FormIsBroken_LocksTheTextAndSaysWhy()
    {
        _draft.Form.Workers = "x";
        _draft.FormChanged();
        var pane = Open();
        Assert.True(pane.Find("#yaml").HasAttribute("readonly"));
        Assert.Contains("the YAML shows the state before", pane.Find("#yaml-state").TextContent, StringComparison.Ordinal);
        Assert.Empty(pane.FindComponent<CodeArea>().Instance.Marks);
    }

    [Fact]
    public void Copy_Clicked_PutsTheTextOnTheClipboardAndSaysSo()
    {
        BrowserModule.Setup<bool>("copy", _ => true).SetResult(true);
        var pane = Open();
        pane.Find(".yaml-head button").Click();
        pane.WaitForAssertion(() => Assert.Equal("Copied", pane.Find(".yaml-head button").TextContent.Trim()));
        Assert.Equal(_draft.Yaml, BrowserModule.Invocations["copy"][0].Arguments[0]);
    }

    private IRenderedComponent<YamlPane> Open(Action<string>? onTyped = null) => Render<YamlPane>(parameters => parameters.Add(pane => pane.Draft, _draft).Add(pane => pane.OnTyped, text => onTyped?.Invoke(text)));
}
