using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class MembershipStoreOnSqliteTests(SqliteDatabase database) : MembershipStoreTests(database);

public sealed class MembershipStoreOnPostgresTests(PostgresDatabase database) : MembershipStoreTests(database);

public abstract class MembershipStoreTests(TestDatabase database) : StoreTests(database)
{
    private MembershipStore Members => Workspace.Members;

    [Fact]
    public async Task ListAsync_Members_OwnersFirstAndNobodyElses()
    {
        await using var other = await OtherWorkspaceAsync();
        await Workspace.AddMemberAsync("Zoe", WorkspaceRole.Owner);
        await Workspace.AddMemberAsync("ada", WorkspaceRole.Viewer);
        await Workspace.AddMemberAsync("Bob", WorkspaceRole.Viewer);
        await other.AddMemberAsync("Eve", WorkspaceRole.Owner);

        Assert.Equal([("Zoe", WorkspaceRole.Owner), ("ada", WorkspaceRole.Viewer), ("Bob", WorkspaceRole.Viewer)], (await Members.ListAsync()).Select(row => (row.Name, row.Role)));
    }

    [Theory]
    [InlineData(WorkspaceRole.Editor, WorkspaceRole.Viewer, WorkspaceRole.Editor, false)]
    [InlineData(WorkspaceRole.Admin, WorkspaceRole.Viewer, WorkspaceRole.Editor, true)]
    [InlineData(WorkspaceRole.Admin, WorkspaceRole.Viewer, WorkspaceRole.Admin, false)]
    [InlineData(WorkspaceRole.Admin, WorkspaceRole.Owner, WorkspaceRole.Viewer, false)]
    [InlineData(WorkspaceRole.Admin, WorkspaceRole.Admin, WorkspaceRole.Viewer, false)]
    [InlineData(WorkspaceRole.Owner, WorkspaceRole.Viewer, WorkspaceRole.Owner, true)]
    [InlineData(WorkspaceRole.Owner, WorkspaceRole.Admin, WorkspaceRole.Viewer, true)]
    public async Task ChangeRoleAsync_ByRole_IsDoneOrRefused(WorkspaceRole mine, WorkspaceRole from, WorkspaceRole to, bool expected)
    {
        await Workspace.AddMemberAsync("Zoe", WorkspaceRole.Owner);
        var member = await Workspace.AddMemberAsync("Ada", from);
        Workspace.Me.Role = mine;

        if (expected)
            Assert.Equal(to, (await Members.ChangeRoleAsync(member, to))!.Role);
        else
            await Assert.ThrowsAsync<NotAllowedException>(() => Members.ChangeRoleAsync(member, to));

        Assert.Equal(expected ? to : from, (await Members.ListAsync()).Single(row => row.UserId == member).Role);
    }

    [Theory]
    [InlineData(WorkspaceRole.Editor, WorkspaceRole.Viewer, false)]
    [InlineData(WorkspaceRole.Admin, WorkspaceRole.Editor, true)]
    [InlineData(WorkspaceRole.Admin, WorkspaceRole.Admin, false)]
    [InlineData(WorkspaceRole.Owner, WorkspaceRole.Admin, true)]
    public async Task RemoveAsync_ByRole_IsDoneOrRefused(WorkspaceRole mine, WorkspaceRole theirs, bool expected)
    {
        await Workspace.AddMemberAsync("Zoe", WorkspaceRole.Owner);
        var member = await Workspace.AddMemberAsync("Ada", theirs);
        Workspace.Me.Role = mine;

        if (expected)
            Assert.True(await Members.RemoveAsync(member));
        else
            await Assert.ThrowsAsync<NotAllowedException>(() => Members.RemoveAsync(member));

        Assert.Equal(expected ? 1 : 2, (await Members.ListAsync()).Count);
    }

    [Fact]
    public async Task LastOwner_IsNeitherDemotedNorRemoved()
    {
        var owner = await Workspace.AddMemberAsync("Zoe", WorkspaceRole.Owner);
        await Workspace.AddMemberAsync("Ada", WorkspaceRole.Admin);

        await Assert.ThrowsAsync<RefusedException>(() => Members.ChangeRoleAsync(owner, WorkspaceRole.Admin));
        await Assert.ThrowsAsync<RefusedException>(() => Members.RemoveAsync(owner));

        await Workspace.AddMemberAsync("Bob", WorkspaceRole.Owner);
        Assert.True(await Members.RemoveAsync(owner));
        Assert.False(await Members.RemoveAsync(owner));
    }

    [Fact]
    public async Task LastOwner_BesideAClosedAccount_IsStillTheLast()
    {
        var owner = await Workspace.AddMemberAsync("Zoe", WorkspaceRole.Owner);
        var closed = await Workspace.AddMemberAsync("Bob", WorkspaceRole.Owner);
        await using (var db = Workspace.Context())
            await db.Users.Where(user => user.Id == closed).ExecuteUpdateAsync(set => set.SetProperty(user => user.Disabled, true));

        await Assert.ThrowsAsync<RefusedException>(() => Members.RemoveAsync(owner));
    }

    [Fact]
    public async Task LastOwners_BothLeaveAtOnce_OneStays()
    {
        var owners = new[] { await Workspace.AddMemberAsync("Zoe", WorkspaceRole.Owner), await Workspace.AddMemberAsync("Bob", WorkspaceRole.Owner) };

        var outcomes = await Task.WhenAll(owners.Select(async owner =>
        {
            try
            {
                return await Members.RemoveAsync(owner);
            }
            catch (RefusedException)
            {
                return false;
            }
        }));

        Assert.Equal([false, true], outcomes.Order());
        Assert.Single(await Members.ListAsync());
    }

    [Fact]
    public async Task RemoveAsync_Viewer_MayLeaveAndRemoveNobodyElse()
    {
        await Workspace.AddMemberAsync("Zoe", WorkspaceRole.Owner);
        var (me, other) = (await Workspace.AddMemberAsync("Ada", WorkspaceRole.Viewer), await Workspace.AddMemberAsync("Bob", WorkspaceRole.Viewer));
        (Workspace.Me.Role, Workspace.Me.ActorId) = (WorkspaceRole.Viewer, me.ToString());

        await Assert.ThrowsAsync<NotAllowedException>(() => Members.RemoveAsync(other));
        Assert.True(await Members.RemoveAsync(me));

        (Workspace.Me.Role, Workspace.Me.ActorId) = (WorkspaceRole.Owner, "u1");
        Assert.Equal("member.left", Assert.Single((await Workspace.Audit.ListAsync(new AuditQuery { Action = "member" })).Items).Action);
    }

    [Fact]
    public async Task Change_MemberOfAnotherWorkspace_IsNoMemberHere()
    {
        await using var other = await OtherWorkspaceAsync();
        await other.AddMemberAsync("Zoe", WorkspaceRole.Owner);
        var theirs = await other.AddMemberAsync("Eve", WorkspaceRole.Viewer);

        Assert.Null(await Members.ChangeRoleAsync(theirs, WorkspaceRole.Owner));
        Assert.False(await Members.RemoveAsync(theirs));

        Assert.Equal(WorkspaceRole.Viewer, (await other.Members.ListAsync()).Single(row => row.UserId == theirs).Role);
    }
}
