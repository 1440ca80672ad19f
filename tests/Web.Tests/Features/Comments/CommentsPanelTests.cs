using AngleSharp.Dom;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Comments;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Comments;

public sealed class CommentsPanelTests : PageTest
{
    private CommentStore Store => Services.GetRequiredService<CommentStore>();

    [Fact]
    public async Task Comment_Written_IsShownAndTheBoxIsEmpty()
    {
        var run = (await StoreRunAsync()).Id;
        var panel = Open(run);

        panel.WaitForElement("textarea").Input("Slower since `v2`, see https://example.org/x.");
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Equal("v2", panel.Find(".comment-body code").TextContent));
        Assert.Equal(("https://example.org/x", "noopener noreferrer nofollow ugc"), (panel.Find(".comment-body a").GetAttribute("href"), panel.Find(".comment-body a").GetAttribute("rel")));
        panel.WaitForAssertion(() => Assert.Equal("", panel.Find("textarea").GetAttribute("value")));
        Assert.Single(await Store.ListAsync(run));
    }

    [Fact]
    public async Task Mention_BegunName_OffersTheMemberAndCompletesIt()
    {
        await AddMemberAsync("Bob Stone");
        var run = (await StoreRunAsync()).Id;
        var panel = Open(run);

        panel.WaitForElement("textarea").Input("look, @bo");
        panel.WaitForElement(".offered button").Click();

        panel.WaitForAssertion(() => Assert.Equal("look, @Bob Stone ", panel.Find("textarea").GetAttribute("value")));
        panel.Find("form").Submit();
        panel.WaitForAssertion(() => Assert.Equal("@Bob Stone", panel.Find(".comment-body .mention").TextContent));
    }

    [Fact]
    public async Task Edit_Own_ChangesIt()
    {
        var run = (await StoreRunAsync()).Id;
        await Store.AddAsync(run, "before");
        var panel = Open(run);

        Button(panel, "Edit").Click();
        panel.WaitForElement(".comments textarea").Input("after");
        panel.Find(".comments form").Submit();

        panel.WaitForAssertion(() => Assert.Equal("after", panel.Find(".comment-body").TextContent));
        Assert.Contains("edited", panel.Find(".by").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_Own_AsksAndDeletes()
    {
        var run = (await StoreRunAsync()).Id;
        await Store.AddAsync(run, "before");
        var panel = Open(run);

        Button(panel, "Delete").Click();
        Dialogs.WaitForElement(".mud-dialog");
        Dialogs.FindAll("button").Single(button => button.TextContent == "Delete").Click();

        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll(".comment-body")));
        Assert.Empty(await Store.ListAsync(run));
    }

    [Fact]
    public async Task Open_SomebodyElsesComment_OffersNothingToAnEditor()
    {
        var run = (await StoreRunAsync()).Id;
        await Store.AddAsync(run, "mine");
        (Me.ActorId, Me.Role) = ("u2", WorkspaceRole.Editor);

        var panel = Open(run);

        panel.WaitForElement(".comment-body");
        Assert.Empty(panel.FindAll(".comments button"));
    }

    [Fact]
    public async Task Open_Viewer_ReadsAndCannotWrite()
    {
        var run = (await StoreRunAsync()).Id;
        Me.Role = WorkspaceRole.Viewer;

        var panel = Open(run);

        panel.WaitForAssertion(() => Assert.Contains("Nobody has said anything", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(panel.FindAll("textarea"));
    }

    [Fact]
    public async Task Open_WhereTheReaderIsNamed_MarksItAsRead()
    {
        var bob = await AddMemberAsync("Bob");
        var run = (await StoreRunAsync()).Id;
        await Store.AddAsync(run, "@Bob");
        Me.ActorId = bob.ToString();
        var page = Render<MentionsPage>();
        page.WaitForAssertion(() => Assert.Contains("New", page.Find(".mentions").TextContent, StringComparison.Ordinal));

        Open(run).WaitForElement(".mention");

        page = Render<MentionsPage>();
        page.WaitForElement(".mentions");
        Assert.DoesNotContain("New", page.Find(".mentions").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MentionsPage_MarkAllAsRead_LeavesNothingNew()
    {
        var bob = await AddMemberAsync("Bob");
        await Store.AddAsync((await StoreRunAsync()).Id, "@Bob");
        Me.ActorId = bob.ToString();
        var page = Render<MentionsPage>();

        page.WaitForElement(".mentions");
        page.Find(".actions button").Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mentions .status")));
        Assert.Equal(0, await Store.UnreadAsync());
    }

    [Fact]
    public void MentionsPage_None_SaysWhatComesHere()
    {
        var page = Render<MentionsPage>();
        page.WaitForAssertion(() => Assert.Contains("Nobody has called you yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MentionCount_NewOnes_CountsThem()
    {
        var bob = await AddMemberAsync("Bob");
        await Store.AddAsync((await StoreRunAsync()).Id, "@Bob");
        Me.ActorId = bob.ToString();

        var count = Render<MentionCount>();

        count.WaitForAssertion(() => Assert.StartsWith("1", count.Find(".count").TextContent, StringComparison.Ordinal));
        await Store.ReadMentionsAsync();
        Navigation.NavigateTo("/history");
        count.WaitForAssertion(() => Assert.Empty(count.FindAll(".count")));
    }

    [Fact]
    public async Task Star_Pressed_IsKept()
    {
        var run = (await StoreRunAsync()).Id;
        var star = Render<StarButton>(parameters => parameters.Add(it => it.RunId, run));

        star.Find("button").Click();

        star.WaitForAssertion(() => Assert.Equal("true", star.Find("button").GetAttribute("aria-pressed")));
        Assert.True(await Services.GetRequiredService<StarStore>().HasAsync(run));
        star.Find("button").Click();
        star.WaitForAssertion(() => Assert.Equal("false", star.Find("button").GetAttribute("aria-pressed")));
    }

    private static IElement Button(IRenderedComponent<CommentsPanel> panel, string text)
    {
        panel.WaitForElement(".comment-body");
        return panel.FindAll(".comments button").Single(button => button.TextContent.StartsWith(text, StringComparison.Ordinal));
    }

    private IRenderedComponent<CommentsPanel> Open(Guid run) => Render<CommentsPanel>(parameters => parameters.Add(it => it.RunId, run));

    private async Task<Guid> AddMemberAsync(string name)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        var user = User.Create(name, Given.Noon);
        db.Add(user);
        db.Add(new Membership { UserId = user.Id, Role = WorkspaceRole.Viewer, Since = Given.Noon });
        await db.SaveChangesAsync();
        return user.Id;
    }
}
