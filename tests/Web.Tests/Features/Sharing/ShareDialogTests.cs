using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Sharing;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Sharing;

public sealed class ShareDialogTests : PageTest
{
    private ShareStore Store => Services.GetRequiredService<ShareStore>();

    [Fact]
    public async Task MakeALink_OfARun_ShowsItOnceWithSnippetsAndListsIt()
    {
        var run = await OpenAsync();
        Assert.Contains(Dialogs.FindAll("input[readonly]"), input => input.GetAttribute("value")!.EndsWith($"/runs/{run}", StringComparison.Ordinal));

        Dialogs.Find("#share-note").Change("for Eve");
        Dialogs.Find("form.make").Submit();

        Dialogs.WaitForAssertion(() => Assert.Equal(5, Dialogs.FindAll("input[readonly]").Count));
        var values = Dialogs.FindAll("input[readonly]").Select(input => input.GetAttribute("value")!).ToList();
        Assert.Contains("/shared/", values[1], StringComparison.Ordinal);
        Assert.StartsWith($"[![Measured with Brigade]({values[1]}/badge.svg)]", values[2], StringComparison.Ordinal);
        Assert.Contains($"<iframe src=\"{values[1]}/embed\"", values[4], StringComparison.Ordinal);
        Dialogs.WaitForAssertion(() => Assert.Contains("for Eve", Dialogs.Find(".links").TextContent, StringComparison.Ordinal));
        var row = Assert.Single(await Store.ListAsync(ShareTarget.OfRun(run)));
        Assert.Equal((Given.Noon.AddDays(30), false, "Ada"), (row.ExpiresAt!.Value, row.WithSpec, row.CreatedBy));
    }

    [Fact]
    public async Task MakeALink_ShortPassword_SaysWhatItNeeds()
    {
        var run = await OpenAsync();

        Dialogs.Find("#share-password").Change("short");
        Dialogs.Find("form.make").Submit();

        Dialogs.WaitForAssertion(() => Assert.Contains("8 to 128", Dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(await Store.ListAsync(ShareTarget.OfRun(run)));
    }

    [Fact]
    public async Task Revoke_Asked_EndsTheLink()
    {
        var run = (await StoreRunAsync()).Id;
        await Services.GetRequiredService<ShareMaking>().MakeAsync(ShareTarget.OfRun(run), withSpec: true, "", days: null, "correct horse");
        await OpenAsync(run);
        Dialogs.WaitForAssertion(() => Assert.Contains("With a password. With the spec.", Dialogs.Find(".links").TextContent, StringComparison.Ordinal));

        Dialogs.FindAll("button").Single(button => button.TextContent.StartsWith("Revoke", StringComparison.Ordinal)).Click();
        Dialogs.WaitForAssertion(() => Assert.Contains("at once and for good", Dialogs.Markup, StringComparison.Ordinal));
        Dialogs.FindAll("button").Single(button => button.TextContent == "Revoke").Click();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".links")));
        Assert.Empty(await Store.ListAsync());
    }

    [Fact]
    public async Task Open_Viewer_GetsThePermalinkAlone()
    {
        var run = (await StoreRunAsync()).Id;
        Me.Role = WorkspaceRole.Viewer;
        await OpenAsync(run);

        Assert.Single(Dialogs.FindAll("input[readonly]"));
        Assert.Empty(Dialogs.FindAll("form.make"));
    }

    private async Task<Guid> OpenAsync(Guid? stored = null)
    {
        var run = stored ?? (await StoreRunAsync()).Id;
        var button = Render<ShareButton>(parameters => parameters.Add(it => it.Target, ShareTarget.OfRun(run)).Add(it => it.Permalink, $"/runs/{run}"));
        button.Find("button").Click();
        Dialogs.WaitForElement("input[readonly]");
        return run;
    }
}
