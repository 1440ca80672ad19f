using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class CommentStoreOnSqliteTests(SqliteDatabase database) : CommentStoreTests(database);

public sealed class CommentStoreOnPostgresTests(PostgresDatabase database) : CommentStoreTests(database);

public abstract class CommentStoreTests(TestDatabase database) : StoreTests(database)
{
    private CommentStore Comments => Workspace.Comments;

    [Fact]
    public async Task AddAsync_Text_IsListedWithItsAuthor()
    {
        var run = await NewRunAsync();
        var first = await Comments.AddAsync(run, "  one\r\ntwo ");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Comments.AddAsync(run, "later");

        var rows = await Comments.ListAsync(run);

        Assert.Equal(["one\ntwo", "later"], rows.Select(row => row.Text), StringComparer.Ordinal);
        Assert.Equal((first!.Id, "u1", "Ada", (DateTimeOffset?)null), (rows[0].Id, rows[0].AuthorId, rows[0].AuthorName, rows[0].EditedAt));
        Assert.Null(await Comments.AddAsync(Guid.NewGuid(), "text"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task AddAsync_Empty_SaysSo(string text) =>
        Assert.Equal("Write something.", (await Assert.ThrowsAsync<CommentRefusedException>(async () => await Comments.AddAsync(await NewRunAsync(), text))).Message);

    [Fact]
    public async Task AddAsync_TooLong_SaysHowLongItMayBe() => Assert.Contains(
        "4000", (await Assert.ThrowsAsync<CommentRefusedException>(async () => await Comments.AddAsync(await NewRunAsync(), new string('x', CommentStore.LongestText + 1)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task EditAndDelete_SomebodyElses_AreRefusedButForAdminsWhoMayDelete()
    {
        var run = await NewRunAsync();
        var comment = (await Comments.AddAsync(run, "mine"))!.Id;
        (Workspace.Me.ActorId, Workspace.Me.ActorName, Workspace.Me.Role) = ("u2", "Bob", WorkspaceRole.Editor);

        await Assert.ThrowsAsync<CommentRefusedException>(() => Comments.EditAsync(run, comment, "yours"));
        await Assert.ThrowsAsync<CommentRefusedException>(() => Comments.DeleteAsync(run, comment));
        Workspace.Me.Role = WorkspaceRole.Admin;
        await Assert.ThrowsAsync<CommentRefusedException>(() => Comments.EditAsync(run, comment, "yours"));
        Assert.Equal("mine", Assert.Single(await Comments.ListAsync(run)).Text);

        Assert.True(await Comments.DeleteAsync(run, comment));
        Assert.False(await Comments.DeleteAsync(run, comment));
        Assert.Empty(await Comments.ListAsync(run));
    }

    [Fact]
    public async Task EditAsync_Own_IsMarkedAsChanged()
    {
        var run = await NewRunAsync();
        var comment = (await Comments.AddAsync(run, "mine"))!.Id;
        Clock.Advance(TimeSpan.FromMinutes(1));

        var edited = await Comments.EditAsync(run, comment, "changed");

        Assert.Equal(("changed", Clock.GetUtcNow()), (edited!.Text, edited.EditedAt!.Value));
        Assert.Null(await Comments.EditAsync(await NewRunAsync(), comment, "of another run"));
    }

    [Fact]
    public async Task Mentions_MemberNamed_SeesItUntilItIsRead()
    {
        var (bob, eve) = (await NewMemberAsync("Bob Stone"), await NewMemberAsync("Eve"));
        var run = await NewRunAsync();
        var comment = await Comments.AddAsync(run, "@bob stone, look; mail ada@eve.example");
        Assert.Equal(["bob stone"], comment!.Mentions, StringComparer.Ordinal);
        Assert.Equal(0, await Comments.UnreadAsync());

        Workspace.Me.ActorId = bob.ToString();
        Workspace.Me.Role = WorkspaceRole.Viewer;
        var mention = Assert.Single(await Comments.MentionsAsync());
        Assert.Equal((comment.Id, run, "Primes", "Ada", (DateTimeOffset?)null), (mention.CommentId, mention.RunId, mention.RunName, mention.AuthorName, mention.ReadAt));
        Assert.Equal(1, await Comments.UnreadAsync());
        Assert.Equal(0, await Comments.ReadMentionsAsync(Guid.NewGuid()));
        Assert.Equal(1, await Comments.ReadMentionsAsync(run));
        Assert.Equal(0, await Comments.UnreadAsync());
        Assert.NotNull(Assert.Single(await Comments.MentionsAsync()).ReadAt);

        Workspace.Me.ActorId = eve.ToString();
        Assert.Empty(await Comments.MentionsAsync());
    }

    [Fact]
    public async Task EditAsync_OtherNames_CallsOnlyTheNewOnes()
    {
        var (bob, eve) = (await NewMemberAsync("Bob"), await NewMemberAsync("Eve"));
        var run = await NewRunAsync();
        var comment = (await Comments.AddAsync(run, "@Bob and @Eve"))!.Id;
        Workspace.Me.ActorId = bob.ToString();
        await Comments.ReadMentionsAsync();
        Workspace.Me.ActorId = "u1";

        await Comments.EditAsync(run, comment, "@Bob again");

        Workspace.Me.ActorId = bob.ToString();
        Assert.Equal(0, await Comments.UnreadAsync());
        Workspace.Me.ActorId = eve.ToString();
        Assert.Empty(await Comments.MentionsAsync());
    }

    [Fact]
    public async Task ListAsync_AnotherWorkspace_SeesNothing()
    {
        var run = await NewRunAsync();
        var comment = (await Comments.AddAsync(run, "mine"))!.Id;
        await using var other = await OtherWorkspaceAsync();

        Assert.Empty(await other.Comments.ListAsync(run));
        Assert.Null(await other.Comments.AddAsync(run, "text"));
        Assert.Null(await other.Comments.EditAsync(run, comment, "text"));
        Assert.False(await other.Comments.DeleteAsync(run, comment));
        Assert.DoesNotContain(await other.Comments.MembersAsync(), member => member.Name == "Ada");
    }

    private async Task<Guid> NewRunAsync() => (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;

    private async Task<Guid> NewMemberAsync(string name)
    {
        await using var db = Workspace.Context();
        var user = User.Create(name, Clock.GetUtcNow());
        db.Add(user);
        db.Add(new Membership { UserId = user.Id, Role = WorkspaceRole.Viewer, Since = Clock.GetUtcNow() });
        await db.SaveChangesAsync();
        return user.Id;
    }
}
