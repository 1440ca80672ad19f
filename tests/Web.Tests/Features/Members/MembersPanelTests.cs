using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Members;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Members;

public sealed class MembersPanelTests : PageTest
{
    private MembershipStore Store => Services.GetRequiredService<MembershipStore>();

    [Fact]
    public async Task Change_AdminMovesAnEditor_IsStoredAndEndsTheirSessions()
    {
        var ada = await StoreMemberAsync("Ada", WorkspaceRole.Editor);
        Me.Role = WorkspaceRole.Admin;
        var panel = Render<MembersPanel>();
        panel.WaitForAssertion(() => Assert.Equal(["viewer", "editor"], panel.FindAll("tbody select option").Select(option => option.TextContent), StringComparer.Ordinal));

        panel.Find("tbody select").Change("Viewer");

        panel.WaitForAssertion(() => Assert.Equal("Viewer", panel.Find("tbody select").GetAttribute("value")));
        Assert.Equal(WorkspaceRole.Viewer, (await Store.ListAsync()).Single(row => row.UserId == ada).Role);
        Assert.Equal([ada.ToString()], Sessions.Ended, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Open_Viewer_SeesRolesAndNothingToChangeButLeaving()
    {
        var ada = await StoreMemberAsync("Ada", WorkspaceRole.Viewer);
        (Me.Role, Me.ActorId) = (WorkspaceRole.Viewer, ada.ToString());

        var panel = Render<MembersPanel>();

        panel.WaitForAssertion(() => Assert.Contains("Ada (you)", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(panel.FindAll("select, form"));
        Assert.Contains("Leave", Assert.Single(panel.FindAll("button")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_Member_AsksFirstAndEndsTheirSessions()
    {
        var ada = await StoreMemberAsync("Ada", WorkspaceRole.Admin);
        var panel = Render<MembersPanel>();
        panel.WaitForAssertion(() => Assert.Contains("Ada", panel.Markup, StringComparison.Ordinal));
        panel.FindAll("button").Single(button => button.TextContent.Contains("Remove Ada", StringComparison.Ordinal)).Click();
        Dialogs.WaitForAssertion(() => Assert.Contains("Remove Ada?", Dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains(await Store.ListAsync(), row => row.UserId == ada);

        Dialogs.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), "Remove", StringComparison.Ordinal)).Click();

        panel.WaitForAssertion(() => Assert.DoesNotContain("Ada", panel.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(await Store.ListAsync(), row => row.UserId == ada);
        Assert.Equal([ada.ToString()], Sessions.Ended, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Change_LastOwner_SaysWhyNotAndShowsWhatIs()
    {
        var panel = Render<MembersPanel>();
        panel.WaitForElement("tbody select").Change("Viewer");

        panel.WaitForAssertion(() => Assert.Contains("last owner", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        panel.WaitForAssertion(() => Assert.Equal("Owner", panel.Find("tbody select").GetAttribute("value")));
        Assert.Equal(WorkspaceRole.Owner, Assert.Single(await Store.ListAsync()).Role);
        Assert.Empty(Sessions.Ended);
    }
}
