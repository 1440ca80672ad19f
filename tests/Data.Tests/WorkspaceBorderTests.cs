using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests;

public sealed class WorkspaceBorderOnSqliteTests(SqliteDatabase database) : WorkspaceBorderTests(database);

public sealed class WorkspaceBorderOnPostgresTests(PostgresDatabase database) : WorkspaceBorderTests(database);

/// <summary>What one workspace has, another neither sees nor changes, by any method of any store.</summary>
public abstract class WorkspaceBorderTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task ExperimentStore_RowsOfAnotherWorkspace_AreInvisibleAndUnwritable()
    {
        var theirs = await Experiments.CreateAsync(Samples.Spec("Primes"));
        await using var other = await OtherWorkspaceAsync();

        Assert.Empty(await other.Experiments.ListAsync());
        Assert.Null(await other.Experiments.FindAsync(theirs.Id));
        Assert.Empty((await other.Experiments.ListAsync(skip: 0, take: 10)).Items);
        Assert.Null(await other.Experiments.UpdateAsync(theirs.Id, Samples.Spec("Changed"), 1));
        Assert.False(await other.Experiments.DeleteAsync(theirs.Id));
        await other.Experiments.CreateAsync(Samples.Spec("Primes"));

        Assert.Equal(Samples.Json(theirs), Samples.Json(await Experiments.FindAsync(theirs.Id)));
    }

    [Fact]
    public async Task RunStore_RowsOfAnotherWorkspace_AreInvisibleAndUnwritable()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("Primes"));
        var id = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment.Id)).Id;
        await Runs.CommitAsync(id, new RunChanges { Status = RunStatus.Failed, Plan = Samples.Plan(), Machine = Samples.Machine, Trials = [Samples.Trial(0)], Segments = [new FrameSegment(0, Samples.Frames(0, 0, 3))] });
        var before = Samples.Json(await Runs.FindAsync(id));
        await using var other = await OtherWorkspaceAsync();

        Assert.Null(await other.Runs.FindAsync(id));
        Assert.Equal(0, (await other.Runs.ListAsync(new RunQuery())).Total);
        Assert.Empty((await other.Runs.ListAsync(new RunQuery { ExperimentId = experiment.Id })).Items);
        Assert.Empty(await other.Runs.ListOpenAsync());
        Assert.Empty(await other.Runs.CountAsync());
        Assert.Empty(await other.Runs.TrialsAsync(id));
        Assert.Null(await other.Runs.HistogramAsync(id, 0));
        Assert.Empty(await other.Runs.HistogramsAsync(id));
        Assert.Empty(await other.Runs.UncorrectedHistogramsAsync(id));
        Assert.Empty(await other.Runs.FramesAsync(id));
        Assert.False(await other.Runs.CommitAsync(id, new RunChanges { Reason = "changed", Plan = Samples.Plan(), Trials = [Samples.Trial(1)], Segments = [new FrameSegment(0, Samples.Frames(0, 0, 9))] }));
        Assert.False(await other.Runs.DeleteAsync(id));
        await Assert.ThrowsAsync<UnknownExperimentException>(() => other.Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment.Id));

        Assert.Equal(before, Samples.Json(await Runs.FindAsync(id)));
        Assert.Single(await Runs.TrialsAsync(id));
        Assert.Equal(3, (await Runs.FramesAsync(id)).Count);
    }

    [Fact]
    public async Task HistoryStores_RowsOfAnotherWorkspace_AreInvisibleAndUnwritable()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("Primes"));
        var id = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment.Id)).Id;
        await Runs.CommitAsync(id, new RunChanges { Status = RunStatus.Completed, EndedAt = Clock.GetUtcNow(), Plan = Samples.Plan(), Trials = [Samples.Trial(0)], Segments = [new FrameSegment(0, Samples.Frames(0, 0, 3))] });
        var key = CellKey.Of(Samples.Plan().Cells[0]);
        var change = new Change { Id = Guid.CreateVersion7(), ExperimentId = experiment.Id, CellKey = key, MachineKey = "", RunId = id, At = Clock.GetUtcNow() };
        await Changes.StoreAsync(new SeriesFindings([change], [], []));
        var annotation = await Trends.AnnotateAsync(experiment.Id, Clock.GetUtcNow(), "remark");
        await Retention.ChangeRulesAsync(new RetentionRules(1, 1));
        await using var other = await OtherWorkspaceAsync();

        Assert.Empty(await other.Trends.CellsAsync(experiment.Id));
        Assert.Empty((await other.Trends.PointsAsync(experiment.Id, key)).Points);
        Assert.Empty(await other.Trends.AnnotationsAsync(experiment.Id));
        Assert.False(await other.Trends.DeleteAnnotationAsync(experiment.Id, annotation.Id));
        await Assert.ThrowsAsync<UnknownExperimentException>(() => other.Trends.AnnotateAsync(experiment.Id, Clock.GetUtcNow(), "x"));
        Assert.Empty((await other.Changes.ListAsync(new ChangeQuery())).Items);
        Assert.Empty(await other.Changes.OfSeriesAsync(experiment.Id, key, ""));
        Assert.Null(await other.Changes.DecideAsync(change.Id, ChangeState.Noise, "x"));
        Assert.Empty(await other.Changes.DueAsync(10));
        Assert.False(await other.Changes.ExaminedAsync(Assert.Single(await Changes.DueAsync(10))));
        await other.Changes.StoreAsync(new SeriesFindings([], [], [change.Id]));
        Assert.Equal(RetentionRules.KeepAll, await other.Retention.RulesAsync());
        Assert.Equal(0, (await other.Retention.ThinFramesAsync(Clock.GetUtcNow().AddYears(1), null, 10)).Runs);
        Assert.Equal(0, (await other.Retention.ThinTrialsAsync(Clock.GetUtcNow().AddYears(1), null, 10)).Runs);

        Assert.Equal(ChangeState.Open, (await Changes.FindAsync(change.Id))!.State);
        Assert.Equal(3, (await Runs.FramesAsync(id)).Count);
    }

    [Fact]
    public async Task BaselineStore_RowsOfAnotherWorkspace_AreInvisibleAndUnwritable()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("Primes"));
        var run = await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment.Id);
        await Runs.CommitAsync(run.Id, new RunChanges { Status = RunStatus.Completed, Plan = Samples.Plan(), Trials = [Samples.Trial(0)] });
        await Workspace.Baselines.PinAsync(experiment.Id, BaselineStore.ForAll, run.Id, "");
        await using var other = await OtherWorkspaceAsync();

        Assert.Empty(await other.Baselines.ListAsync(experiment.Id));
        Assert.Empty(await other.Baselines.OfRunAsync(run.Id));
        Assert.False(await other.Baselines.UnpinAsync(experiment.Id, BaselineStore.ForAll));
        await Assert.ThrowsAsync<BaselineRefusedException>(() => other.Baselines.PinAsync(experiment.Id, BaselineStore.ForAll, run.Id, ""));
        Assert.Empty(await other.Comparisons.LoadAsync([run.Id]));
        Assert.Empty(await other.Comparisons.HistogramsAsync(run.Id, [0]));
        Assert.Null(await other.Comparisons.PreviousAsync(run with { QueuedAt = run.QueuedAt.AddDays(1) }));

        Assert.Single(await Workspace.Baselines.ListAsync(experiment.Id));
    }
}
