using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class AuditStoreOnSqliteTests(SqliteDatabase database) : AuditStoreTests(database);

public sealed class AuditStoreOnPostgresTests(PostgresDatabase database) : AuditStoreTests(database);

public abstract class AuditStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task ListAsync_EveryAct_IsThereOnceNewestFirstWithWhoDidIt()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        await ActAsync(() => Experiments.UpdateAsync(experiment, Samples.Spec("Primes 2"), 1));
        var run = (await Runs.CreateAsync(Samples.Spec("Primes 2"), 1, 4, experiment)).Id;
        await ActAsync(() => Runs.NoteCancelAsync(run));
        await ActAsync(() => Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Completed, EndedAt = Clock.GetUtcNow() }));
        await ActAsync(() => Workspace.Baselines.PinAsync(experiment, "", run, ""));
        await ActAsync(() => Workspace.Baselines.UnpinAsync(experiment, ""));
        var annotation = await Trends.AnnotateAsync(experiment, Clock.GetUtcNow(), "moved house");
        await ActAsync(() => Trends.DeleteAnnotationAsync(experiment, annotation.Id));
        await ActAsync(() => Runs.DeleteAsync(run));
        await ActAsync(() => Experiments.DeleteAsync(experiment));
        await ActAsync(() => Retention.ChangeRulesAsync(new RetentionRules(30, null)));

        var entries = (await Workspace.Audit.ListAsync(new AuditQuery())).Items;

        Assert.Equal(
            [
                "settings.changed", "experiment.deleted", "run.deleted", "annotation.deleted", "annotation.added", "baseline.unpinned", "baseline.pinned",
                "run.cancelled", "run.queued", "experiment.changed", "experiment.created",
            ],
            entries.Select(entry => entry.Action),
            StringComparer.Ordinal);
        Assert.All(entries, entry => Assert.Equal(("u1", "Ada"), (entry.ActorId, entry.ActorName)));
        Assert.Equal((run.ToString(), "Primes 2"), (entries[2].Subject, entries[2].Detail));
        Assert.Contains("30 days", entries[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsync_ActThatDidNothing_IsNotThere()
    {
        Assert.False(await Runs.DeleteAsync(Guid.NewGuid()));
        Assert.False(await Experiments.DeleteAsync(Guid.NewGuid()));
        Assert.False(await Runs.NoteCancelAsync(Guid.NewGuid()));
        Assert.Null(await Changes.DecideAsync(Guid.NewGuid(), ChangeState.Accepted, null));
        await Experiments.CreateAsync(Samples.Spec("Primes"));
        await Assert.ThrowsAsync<DuplicateNameException>(() => Experiments.CreateAsync(Samples.Spec("primes")));

        Assert.Single((await Workspace.Audit.ListAsync(new AuditQuery())).Items);
    }

    [Fact]
    public async Task ListAsync_FilterAndPages_AreFollowed()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await Experiments.CreateAsync(Samples.Spec(name));
            await Runs.CreateAsync(Samples.Spec(name), 1, 4, null);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await Workspace.Audit.ListAsync(new AuditQuery { Action = "experiment", Take = 2 });
        var second = await Workspace.Audit.ListAsync(new AuditQuery { Action = "experiment", Take = 2, After = new AuditPlace(first.Items[^1].At, first.Items[^1].Id) });

        Assert.Equal(["c", "b", "a"], first.Items.Concat(second.Items).Select(entry => entry.Detail), StringComparer.Ordinal);
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
        Assert.Equal(3, (await Workspace.Audit.ListAsync(new AuditQuery { Action = "run.queued", Actor = "Ada" })).Items.Count);
        Assert.Empty((await Workspace.Audit.ListAsync(new AuditQuery { Action = "run_" })).Items);
        Assert.Empty((await Workspace.Audit.ListAsync(new AuditQuery { Actor = "Bob" })).Items);
    }

    [Fact]
    public async Task ListAsync_EditorOrAnotherWorkspace_SeesNothing()
    {
        await Experiments.CreateAsync(Samples.Spec("Primes"));
        await using var other = await OtherWorkspaceAsync();
        Assert.Empty((await other.Audit.ListAsync(new AuditQuery())).Items);

        Workspace.Me.Role = WorkspaceRole.Editor;

        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Audit.ListAsync(new AuditQuery()));
    }

    // Entries of one moment have no order among them.
    private async Task ActAsync(Func<Task> act)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        await act();
        Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
