using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Members;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Members;

public sealed class InvitationsPanelTests : PageTest
{
    private InvitationStore Store => Services.GetRequiredService<InvitationStore>();

    [Fact]
    public async Task Invite_Address_ShowsTheLinkOnceAndListsTheInvitation()
    {
        var panel = Render<InvitationsPanel>();
        panel.WaitForElement("#invite-email").Change("nonsense");
        panel.Find("form.invite").Submit();
        panel.WaitForAssertion(() => Assert.Contains("no e-mail address", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(await Store.ListAsync());

        panel.Find("#invite-email").Change("ada@example.org");
        panel.Find("form.invite").Submit();

        panel.WaitForAssertion(() => Assert.StartsWith("http://localhost/account/invitation/", panel.Find("#invite-link").GetAttribute("value"), StringComparison.Ordinal));
        panel.WaitForAssertion(() => Assert.Contains("ada@example.org, as editor", panel.Find(".invited").TextContent, StringComparison.Ordinal));
        Assert.Empty(Mail.Sent);
        Assert.Empty(Render<InvitationsPanel>().FindAll("#invite-link"));
    }

    [Fact]
    public void Invite_MailIsConfigured_SendsTheLinkToo()
    {
        Mail.IsConfigured = true;
        var panel = Render<InvitationsPanel>();
        panel.WaitForElement("#invite-email").Change("ada@example.org");
        panel.Find("form.invite").Submit();

        panel.WaitForAssertion(() => Assert.Contains("on its way to ada@example.org", panel.Markup, StringComparison.Ordinal));
        var letter = Assert.Single(Mail.Sent);
        Assert.Equal("ada@example.org", letter.To);
        Assert.Contains(panel.Find("#invite-link").GetAttribute("value")!, letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_Invitation_IsGone()
    {
        await Store.CreateAsync(WorkspaceRole.Viewer, "", 1, "hash");
        var panel = Render<InvitationsPanel>();
        panel.WaitForElement(".invited button").Click();

        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll(".invited")));
        Assert.Empty(await Store.ListAsync());
    }

    [Fact]
    public void Open_Admin_InvitesViewersAndEditorsOnly()
    {
        Me.Role = WorkspaceRole.Admin;

        var panel = Render<InvitationsPanel>();

        panel.WaitForAssertion(() => Assert.Equal(["viewer", "editor"], panel.FindAll("#invite-role option").Select(option => option.TextContent), StringComparer.Ordinal));
    }
}
