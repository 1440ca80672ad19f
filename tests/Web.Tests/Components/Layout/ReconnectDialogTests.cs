using Brigade.Web.Components.Layout;
using Bunit;

namespace Brigade.Web.Tests.Components.Layout;

public sealed class ReconnectDialogTests : BunitContext
{
    // Blazor finds the dialog by this id, and the script its parts by these attributes.
    [Fact]
    public void Render_Always_HasWhatTheScriptLooksFor()
    {
        var dialog = Render<ReconnectDialog>().Find("dialog#components-reconnect-modal");
        Assert.Equal("reconnect-title", dialog.GetAttribute("aria-labelledby"));
        Assert.NotNull(dialog.QuerySelector("#reconnect-title"));
        Assert.Equal("failed", dialog.QuerySelector("button[data-retry]")!.GetAttribute("data-when"));
        Assert.Equal("rejected", dialog.QuerySelector("button[data-reload]")!.GetAttribute("data-when"));
    }

    [Theory]
    [InlineData("waiting", "Your runs go on meanwhile")]
    [InlineData("failed", "Is it still running?")]
    [InlineData("rejected", "Load the page again")]
    public void Words_OfAState_SayWhatToExpect(string state, string words) =>
        Assert.Contains(words, string.Concat(Render<ReconnectDialog>().FindAll($"p[data-when={state}]").Select(paragraph => paragraph.TextContent)), StringComparison.Ordinal);
}
