using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Brigade.Data.Tests;

public sealed class BorderOnSqliteTests(SqliteDatabase database) : BorderTests(database);

public sealed class BorderOnPostgresTests(PostgresDatabase database) : BorderTests(database);

/// <summary>What a role may write, and what is seen from outside.</summary>
public abstract class BorderTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task Stores_Viewer_ReadsAndWritesNothing()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment)).Id;
        Workspace.Me.Role = WorkspaceRole.Viewer;

        Assert.NotNull(await Experiments.FindAsync(experiment));
        Assert.NotNull(await Runs.FindAsync(run));
        foreach (var write in Writes(experiment, run))
        {
            var refusal = await Assert.ThrowsAsync<NotAllowedException>(write);
            Assert.Contains("viewer", refusal.Message, StringComparison.Ordinal);
        }

        Workspace.Me.Role = WorkspaceRole.Editor;
        Assert.Equal(RunStatus.Queued, (await Runs.FindAsync(run))!.Row.Status);
        Assert.Equal(1, (await Experiments.FindAsync(experiment))!.Version);
    }

    [Fact]
    public async Task ChangeRulesAsync_Editor_IsRefused()
    {
        Workspace.Me.Role = WorkspaceRole.Editor;
        await Assert.ThrowsAsync<NotAllowedException>(() => Retention.ChangeRulesAsync(new RetentionRules(1, 1)));

        Workspace.Me.Role = WorkspaceRole.Admin;
        Assert.True(await Retention.ChangeRulesAsync(new RetentionRules(1, 1)));
    }

    [Fact]
    public async Task Stores_OutsideAnyWorkspace_SeeAndWriteNothing()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment)).Id;
        Workspace.Me.WorkspaceId = Guid.Empty;

        Assert.Null(await Experiments.FindAsync(experiment));
        Assert.Null(await Runs.FindAsync(run));
        Assert.Empty(await Runs.KnownAsync([run]));
        foreach (var write in Writes(experiment, run))
            await Assert.ThrowsAsync<NotAllowedException>(write);
    }

    [Fact]
    public async Task Stores_AnotherWorkspace_SeeNothingOfThisOne()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment)).Id;
        await using var other = await OtherWorkspaceAsync();

        Assert.Null(await other.Experiments.FindAsync(experiment));
        Assert.Null(await other.Runs.FindAsync(run));
        Assert.Empty(await other.Runs.KnownAsync([run]));
        Assert.False(await other.Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Running }));
        Assert.False(await other.Experiments.DeleteAsync(experiment));
        Assert.Equal([run], await Runs.KnownAsync([run, Guid.NewGuid()]));
    }

    [Fact]
    public async Task Directory_RunOfSomeWorkspace_IsFoundWhereverOneAsks()
    {
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;
        await using var other = await OtherWorkspaceAsync();

        Assert.Equal(Workspace.Id, await other.Directory.OfRunAsync(run));
        Assert.Null(await other.Directory.OfRunAsync(Guid.NewGuid()));
        Assert.Contains(await other.Directory.OpenRunsAsync(), row => row.Id == run && row.WorkspaceId == Workspace.Id);
        Assert.Contains(Workspace.Id, await other.Directory.ListAsync());
    }

    [Fact]
    public void Container_SingletonWithAStore_IsRefused()
    {
        using var services = new ServiceCollection()
            .AddSingleton<ICellSummaries>(new SimpleSummaries())
            .AddBrigadeData(null, "nowhere")
            .AddSingleton(provider => new Holder(provider.GetRequiredService<RunStore>()))
            .BuildServiceProvider(validateScopes: true);

        Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<Holder>());
    }

    [Fact]
    public void Enter_Twice_OnlyAsTheSame()
    {
        var scope = new WorkspaceScope();
        Assert.Equal((Guid.Empty, WorkspaceRole.Viewer, false), (scope.WorkspaceId, scope.Role, scope.Can(WorkspaceRole.Viewer)));

        scope.Enter(new FixedWorkspaceScope(Workspace.Id, WorkspaceRole.Editor, "u1", "Ada"));
        scope.Enter(new FixedWorkspaceScope(Workspace.Id, WorkspaceRole.Editor, "u1", "Ada"));

        Assert.True(scope.Can(WorkspaceRole.Editor));
        Assert.False(scope.Can(WorkspaceRole.Admin));
        Assert.Throws<InvalidOperationException>(() => scope.Enter(new FixedWorkspaceScope(Workspace.Id, WorkspaceRole.Owner, "u1", "Ada")));
        Assert.Throws<InvalidOperationException>(() => scope.Enter(FixedWorkspaceScope.OfSystem(Guid.NewGuid())));
        Assert.Throws<InvalidOperationException>(() => scope.Enter(FixedWorkspaceScope.None));
    }

    private IEnumerable<Func<Task>> Writes(Guid experiment, Guid run) =>
    [
        () => Experiments.CreateAsync(Samples.Spec("Another")),
        () => Experiments.UpdateAsync(experiment, Samples.Spec("Primes"), 1),
        () => Experiments.DeleteAsync(experiment),
        () => Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null),
        () => Runs.GuessAsync(run, "{}"),
        () => Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Running }),
        () => Runs.DeleteAsync(run),
        () => Runs.ImportAsync([]),
        () => Workspace.Baselines.PinAsync(experiment, "", run, ""),
        () => Workspace.Baselines.UnpinAsync(experiment, ""),
        () => Trends.AnnotateAsync(experiment, Clock.GetUtcNow(), "text"),
        () => Trends.DeleteAnnotationAsync(experiment, Guid.NewGuid()),
        () => Workspace.Shares.CreateAsync(new NewShare(ShareTarget.OfRun(run), false, "", null), "hash", null),
        () => Workspace.Shares.RevokeAsync(Guid.NewGuid()),
        () => Workspace.Comments.AddAsync(run, "text"),
        () => Workspace.Comments.EditAsync(run, Guid.NewGuid(), "text"),
        () => Workspace.Comments.DeleteAsync(run, Guid.NewGuid()),
        () => Workspace.Schedules.CreateAsync(experiment, "0 3 * * *", "UTC", true, Clock.GetUtcNow()),
        () => Workspace.Schedules.ChangeAsync(Guid.NewGuid(), "0 3 * * *", "UTC", true, Clock.GetUtcNow()),
        () => Workspace.Schedules.DeleteAsync(Guid.NewGuid()),
        () => Changes.DecideAsync(Guid.NewGuid(), ChangeState.Accepted, null),
        () => Changes.StoreAsync(new SeriesFindings([], [], [])),
        () => Retention.ChangeRulesAsync(new RetentionRules(1, 1)),
        () => Workspace.Secrets.SetAsync("NAME", "a value to keep"),
        () => Workspace.Secrets.DeleteAsync("NAME"),
        () => Workspace.Secrets.TakeAsync(["NAME"]),
        () => Workspace.Network.ChangeRulesAsync(Contracts.Network.NetworkRules.PublicOnly),
        () => Workspace.Quotas.ChangeRulesAsync(QuotaRules.None),
        () => Workspace.Workspaces.RenameAsync("Another"),
        () => Workspace.Workspaces.DeleteAsync(),
        () => Workspace.Members.ChangeRoleAsync(Guid.NewGuid(), WorkspaceRole.Viewer),
        () => Workspace.Members.RemoveAsync(Guid.NewGuid()),
        () => Workspace.Invitations.CreateAsync(WorkspaceRole.Viewer, "", 1, "hash"),
        () => Workspace.Invitations.RevokeAsync(Guid.NewGuid()),
        () => Retention.ThinFramesAsync(Clock.GetUtcNow(), null, 1),
        () => Retention.ThinTrialsAsync(Clock.GetUtcNow(), null, 1),
    ];

    private sealed record Holder(RunStore Store);
}
