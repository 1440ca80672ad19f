using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class WorkspaceStoreOnSqliteTests(SqliteDatabase database) : WorkspaceStoreTests(database);

public sealed class WorkspaceStoreOnPostgresTests(PostgresDatabase database) : WorkspaceStoreTests(database);

public abstract class WorkspaceStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task DeleteAsync_WorkspaceWithEverything_LeavesNoRowOfItAndAllOfOthers()
    {
        await using var other = await OtherWorkspaceAsync();
        await FillAsync(other);
        await FillAsync(Workspace);
        var others = await CountAsync(other);
        Assert.All(await CountAsync(Workspace), kind => Assert.True(kind.Rows > 0 || IsOfOthers(kind.Kind), $"The test makes no {kind.Kind}."));

        await Workspace.Workspaces.DeleteAsync();

        Assert.All(await CountAsync(Workspace), kind => Assert.True(kind.Rows == 0, $"{kind.Rows} {kind.Kind} are left."));
        Assert.Equal(others, await CountAsync(other));
        Assert.Null(await Workspace.Workspaces.NameAsync());
        Assert.Equal("Test", await other.Workspaces.NameAsync());
    }

    [Fact]
    public async Task DeleteAsync_MoreRunsThanAtOnce_DeletesAll()
    {
        for (var run = 0; run < 51; run++)
            await EndedRunAsync(Workspace, null);

        await Workspace.Workspaces.DeleteAsync();

        Assert.Empty((await Runs.ListAsync(new RunQuery())).Items);
        Assert.DoesNotContain(Workspace.Id, await Workspace.Directory.ListAsync());
    }

    [Fact]
    public async Task DeleteAsync_OpenRun_IsRefusedAndDeletesNothing()
    {
        await EndedRunAsync(Workspace, null);
        await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Workspace.Workspaces.DeleteAsync());

        Assert.Contains("1 of its runs has not ended", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Runs.ListAsync(new RunQuery())).Total);
    }

    [Fact]
    public async Task DeleteAsync_TheFirstWorkspace_IsRefused()
    {
        Workspace.Me.WorkspaceId = Entities.Workspace.DefaultId;

        await Assert.ThrowsAsync<RefusedException>(() => Workspace.Workspaces.DeleteAsync());

        Assert.NotNull(await Workspace.Workspaces.NameAsync());
    }

    [Fact]
    public async Task Owners_Only_RenameAndDelete()
    {
        Assert.True(await Workspace.Workspaces.RenameAsync(" Payments "));
        Assert.Equal("Payments", await Workspace.Workspaces.NameAsync());
        Assert.Equal("Test to Payments", Assert.Single((await Workspace.Audit.ListAsync(new AuditQuery { Action = "workspace" })).Items).Detail);

        Workspace.Me.Role = WorkspaceRole.Admin;
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Workspaces.RenameAsync("Other"));
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Workspaces.DeleteAsync());
    }

    [Fact]
    public async Task CreateAsync_NewScope_MakesAWorkspaceWithAnOwner()
    {
        var ada = await Workspace.AddUserAsync("Ada");
        Workspace.Me.WorkspaceId = Guid.CreateVersion7();

        await Workspace.Workspaces.CreateAsync("Second", ada);

        Assert.Equal(("Second", WorkspaceRole.Owner), (await Workspace.Directory.OfUserAsync(ada)).Select(row => (row.WorkspaceName, row.Role)).Single());
        Assert.Equal("workspace.created", Assert.Single((await Workspace.Audit.ListAsync(new AuditQuery())).Items).Action);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    public async Task RenameAsync_NoName_IsRefused(string name) => await Assert.ThrowsAsync<ArgumentException>(() => Workspace.Workspaces.RenameAsync(name));

    /// <summary>What other stores make; their tests say that it goes with what it belongs to.</summary>
    private static bool IsOfOthers(string kind) => kind is not (nameof(Experiment) or nameof(ExperimentVersion) or nameof(Run) or nameof(RunDocument) or nameof(Trial) or nameof(SeriesSegment)
        or nameof(CellPoint) or nameof(Change) or nameof(Baseline) or nameof(Annotation) or nameof(WorkspaceSettings) or nameof(Membership) or nameof(Invitation) or nameof(RunUse) or nameof(AuditEntry));

    private static async Task FillAsync(TestWorkspace workspace)
    {
        var experiment = (await workspace.Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var run = await EndedRunAsync(workspace, experiment);
        await workspace.Baselines.PinAsync(experiment, "", run, "");
        await workspace.Trends.AnnotateAsync(experiment, workspace.Clock.GetUtcNow(), "remark");
        await workspace.Changes.StoreAsync(new SeriesFindings([new Change { Id = Guid.CreateVersion7(), ExperimentId = experiment, CellKey = CellKey.Of(Samples.Plan().Cells[0]), MachineKey = "", RunId = run, At = workspace.Clock.GetUtcNow() }], [], []));
        await workspace.Retention.ChangeRulesAsync(new RetentionRules(30, null));
        await workspace.Invitations.CreateAsync(WorkspaceRole.Viewer, "", 1, Guid.NewGuid().ToString("n"));
        await workspace.AddMemberAsync("Ada", WorkspaceRole.Owner);
    }

    private static async Task<Guid> EndedRunAsync(TestWorkspace workspace, Guid? experiment)
    {
        var run = (await workspace.Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment)).Id;
        await workspace.Runs.CommitAsync(run, new RunChanges
        {
            Status = RunStatus.Completed, StartedAt = workspace.Clock.GetUtcNow(), EndedAt = workspace.Clock.GetUtcNow().AddMinutes(1), Plan = Samples.Plan(), Machine = Samples.Machine, Trials = [Samples.Trial(0)],
            Segments = [new FrameSegment(0, Samples.Frames(0, 0, 3))],
        });
        return run;
    }

    /// <summary>Rows of every kind that belongs to workspaces.</summary>
    private static async Task<List<(string Kind, int Rows)>> CountAsync(TestWorkspace workspace)
    {
        await using var db = workspace.Context();
        var counts = new List<(string, int)>();
        foreach (var kind in db.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(typeof(IWorkspaceOwned).IsAssignableFrom).OrderBy(kind => kind.Name, StringComparer.Ordinal))
        {
            var count = (Task<int>)typeof(WorkspaceStoreTests).GetMethod(nameof(CountOfAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(kind).Invoke(null, [db])!;
            counts.Add((kind.Name, await count));
        }

        return counts;
    }

    private static Task<int> CountOfAsync<TEntity>(BrigadeDbContext db)
        where TEntity : class, IWorkspaceOwned => db.Set<TEntity>().CountAsync();
}
