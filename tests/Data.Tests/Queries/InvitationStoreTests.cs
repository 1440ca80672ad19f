using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class InvitationStoreOnSqliteTests(SqliteDatabase database) : InvitationStoreTests(database);

public sealed class InvitationStoreOnPostgresTests(PostgresDatabase database) : InvitationStoreTests(database);

public abstract class InvitationStoreTests(TestDatabase database) : StoreTests(database)
{
    private readonly string _hash = Guid.NewGuid().ToString("n");

    private InvitationStore Invitations => Workspace.Invitations;

    [Fact]
    public async Task CreateAsync_Accepted_MakesAMemberOnceAndIsNotOpenAnyMore()
    {
        await Invitations.CreateAsync(WorkspaceRole.Editor, "ada@example.org", 7, _hash);
        var open = await Workspace.Accounts.InvitationAsync(_hash);
        Assert.Equal((Workspace.Id, "Test", WorkspaceRole.Editor, "ada@example.org"), (open!.WorkspaceId, open.WorkspaceName, open.Role, open.Email));
        var ada = await Workspace.AddUserAsync("Ada");

        Assert.True(await Workspace.Accounts.AcceptAsync(open.Id, ada, "Ada"));

        Assert.Equal(WorkspaceRole.Editor, Assert.Single(await Workspace.Members.ListAsync()).Role);
        Assert.Empty(await Invitations.ListAsync());
        Assert.False(await Invitations.RevokeAsync(open.Id));
        Assert.Null(await Workspace.Accounts.InvitationAsync(_hash));
        Assert.False(await Workspace.Accounts.AcceptAsync(open.Id, await Workspace.AddUserAsync("Bob"), "Bob"));
    }

    [Fact]
    public async Task ListAsync_ExpiredLately_IsListedAndOfNoUse()
    {
        await Invitations.CreateAsync(WorkspaceRole.Editor, "", 1, _hash);
        Clock.Advance(TimeSpan.FromDays(2));

        Assert.Null(await Workspace.Accounts.InvitationAsync(_hash));
        Assert.Single(await Invitations.ListAsync());

        // Nobody asks for it any more when the next one is made, long after.
        Clock.Advance(TimeSpan.FromDays(40));
        var next = await Invitations.CreateAsync(WorkspaceRole.Editor, "", 1, _hash + "2");
        Assert.Equal(next.Id, Assert.Single(await Invitations.ListAsync()).Id);
    }

    [Fact]
    public async Task RevokeAsync_Open_IsOfNoUseAndNoted()
    {
        var made = await Invitations.CreateAsync(WorkspaceRole.Editor, "ada@example.org", 7, _hash);

        Assert.True(await Invitations.RevokeAsync(made.Id));

        Assert.Null(await Workspace.Accounts.InvitationAsync(_hash));
        Assert.False(await Invitations.RevokeAsync(made.Id));
        var noted = (await Workspace.Audit.ListAsync(new AuditQuery { Action = "invitation" })).Items;
        Assert.Equal(["invitation.created", "invitation.revoked"], noted.Select(entry => entry.Action).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(noted, entry => Assert.DoesNotContain(_hash, entry.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateAsync_ByRole_OnlyOwnersInviteAdmins()
    {
        Workspace.Me.Role = WorkspaceRole.Admin;
        await Invitations.CreateAsync(WorkspaceRole.Editor, "", 1, _hash);
        await Assert.ThrowsAsync<NotAllowedException>(() => Invitations.CreateAsync(WorkspaceRole.Admin, "", 1, _hash + "2"));
        await Assert.ThrowsAsync<NotAllowedException>(() => Invitations.CreateAsync(WorkspaceRole.Owner, "", 1, _hash + "3"));

        Workspace.Me.Role = WorkspaceRole.Editor;
        await Assert.ThrowsAsync<NotAllowedException>(() => Invitations.CreateAsync(WorkspaceRole.Viewer, "", 1, _hash + "4"));
        await Assert.ThrowsAsync<NotAllowedException>(() => Invitations.RevokeAsync(Guid.NewGuid()));
        await Assert.ThrowsAsync<NotAllowedException>(() => Invitations.ListAsync());
    }

    [Fact]
    public async Task Stores_AnotherWorkspace_SeeNoneOfThese()
    {
        var made = await Invitations.CreateAsync(WorkspaceRole.Editor, "", 1, _hash);
        await using var other = await OtherWorkspaceAsync();

        Assert.Empty(await other.Invitations.ListAsync());
        Assert.False(await other.Invitations.RevokeAsync(made.Id));
        Assert.False(await other.Accounts.AcceptAsync(made.Id, await other.AddUserAsync("Eve"), "Eve"));

        Assert.NotNull(await Workspace.Accounts.InvitationAsync(_hash));
    }
}
