using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Workspaces;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Workspaces;

public sealed class WorkspacePanelTests : PageTest
{
    private WorkspaceStore Store => Services.GetRequiredService<WorkspaceStore>();

    [Fact]
    public async Task Rename_Name_IsStoredAndTheTopBarFollows()
    {
        var bar = Render<WorkspaceSwitch>();
        bar.WaitForAssertion(() => Assert.Contains("Default", bar.Find("summary").TextContent, StringComparison.Ordinal));
        var panel = Render<WorkspacePanel>();
        panel.WaitForElement("#workspace-name").Change(" ");
        panel.Find("form").Submit();
        panel.WaitForAssertion(() => Assert.Contains("1 to 100", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));

        panel.Find("#workspace-name").Change("Payments");
        panel.Find("form").Submit();

        bar.WaitForAssertion(() => Assert.Contains("Payments", bar.Find("summary").TextContent, StringComparison.Ordinal));
        Assert.Equal("Payments", await Store.NameAsync());
    }

    [Fact]
    public void Open_Admin_NeitherRenamesNorMakesNorDeletes()
    {
        Me.Role = WorkspaceRole.Admin;

        Assert.Empty(Render<WorkspacePanel>().FindAll("form"));
        Assert.Empty(Render<WorkspaceEndPanel>().FindAll("form"));
        var bar = Render<WorkspaceSwitch>();
        bar.WaitForAssertion(() => Assert.Contains("Default", bar.Markup, StringComparison.Ordinal));
        Assert.Empty(bar.FindAll("details"));
    }

    [Fact]
    public async Task Delete_NameThenQuestion_DeletesAndEndsWhatIsOpen()
    {
        await EnterAnotherAsync();
        var panel = Render<WorkspaceEndPanel>();
        panel.Find("#delete-name").Change("Sec");
        panel.Find("form").Submit();
        panel.WaitForAssertion(() => Assert.Contains("Type that, exactly", panel.Markup, StringComparison.Ordinal));

        panel.Find("#delete-name").Change("Second");
        panel.Find("form").Submit();
        Dialogs.WaitForAssertion(() => Assert.Contains("cannot be brought back", Dialogs.Markup, StringComparison.Ordinal));
        Assert.NotNull(await Store.NameAsync());
        Dialogs.FindAll("button").Single(button => button.TextContent.Contains("Delete everything", StringComparison.Ordinal)).Click();

        panel.WaitForAssertion(() => Assert.Equal([Me.WorkspaceId], Sessions.EndedWorkspaces));
        Assert.Null(await Store.NameAsync());
    }

    [Fact]
    public void Open_TheFirstWorkspace_HasNoEnd() => Assert.Empty(Render<WorkspaceEndPanel>().FindAll("form"));

    private async Task EnterAnotherAsync()
    {
        Me.WorkspaceId = Guid.CreateVersion7();
        await using var db = await Services.GetRequiredService<IDbContextFactory<Brigade.Data.BrigadeDbContext>>().CreateDbContextAsync();
        db.Workspaces.Add(new Workspace { Id = Me.WorkspaceId, Name = "Second", CreatedAt = Given.Noon });
        await db.SaveChangesAsync();
    }
}
