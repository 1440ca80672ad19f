using Brigade.Contracts.Runs;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class BaselineStoreOnSqliteTests(SqliteDatabase database) : BaselineStoreTests(database);

public sealed class BaselineStoreOnPostgresTests(PostgresDatabase database) : BaselineStoreTests(database);

public abstract class BaselineStoreTests(TestDatabase database) : StoreTests(database)
{
    private BaselineStore Baselines => Workspace.Baselines;

    [Fact]
    public async Task PinAsync_CompletedRun_IsListedWithItsNoteAndTime()
    {
        var experiment = await NewExperimentAsync();
        var run = await NewRunAsync(experiment);

        var pinned = await Baselines.PinAsync(experiment, BaselineStore.ForAll, run.Id, "release 1.4");

        Assert.Equal((experiment, "", run.Id, "Primes", Clock.GetUtcNow(), "release 1.4"), (pinned.ExperimentId, pinned.Tag, pinned.RunId, pinned.RunName, pinned.PinnedAt, pinned.Note));
        Assert.Equal(pinned, Assert.Single(await Baselines.ListAsync(experiment)));
        Assert.Equal(pinned, Assert.Single(await Baselines.OfRunAsync(run.Id)));
    }

    [Fact]
    public async Task PinAsync_AnotherRun_TakesItsPlace()
    {
        var experiment = await NewExperimentAsync();
        var first = await NewRunAsync(experiment);
        var second = await NewRunAsync(experiment);
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, first.Id, "");

        await Baselines.PinAsync(experiment, BaselineStore.ForAll, second.Id, "");

        Assert.Equal(second.Id, Assert.Single(await Baselines.ListAsync(experiment)).RunId);
    }

    [Fact]
    public async Task PinAsync_ManyAtOnce_LeavesOne()
    {
        var experiment = await NewExperimentAsync();
        List<RunRow> runs = [];
        for (var run = 0; run < 2; run++)
            runs.Add(await NewRunAsync(experiment));

        await Task.WhenAll(runs.Select(run => Task.Run(() => Baselines.PinAsync(experiment, BaselineStore.ForAll, run.Id, ""))));

        Assert.Contains(Assert.Single(await Baselines.ListAsync(experiment)).RunId, runs.Select(run => run.Id));
    }

    [Fact]
    public async Task ListAsync_OwnAndTags_OwnComesFirst()
    {
        var experiment = await NewExperimentAsync();
        var run = await NewRunAsync(experiment, "nightly", "main");
        foreach (var tag in new[] { "nightly", BaselineStore.ForAll, "main" })
            await Baselines.PinAsync(experiment, tag, run.Id, "");

        Assert.Equal(["", "main", "nightly"], (await Baselines.ListAsync(experiment)).Select(baseline => baseline.Tag), StringComparer.Ordinal);
    }

    [Fact]
    public async Task PinAsync_WhatCannotBeABaseline_SaysWhy()
    {
        var experiment = await NewExperimentAsync();
        var ofAnother = await NewRunAsync(await NewExperimentAsync("Other"));
        var queued = await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment);
        var tagless = await NewRunAsync(experiment);
        var tagged = await NewRunAsync(experiment, "main");

        Assert.Contains("no run", await RefusalAsync(experiment, BaselineStore.ForAll, Guid.NewGuid()), StringComparison.Ordinal);
        Assert.Contains("another experiment", await RefusalAsync(experiment, BaselineStore.ForAll, ofAnother.Id), StringComparison.Ordinal);
        Assert.Contains("has not completed (it is queued)", await RefusalAsync(experiment, BaselineStore.ForAll, queued.Id), StringComparison.Ordinal);
        Assert.Contains("It has none", await RefusalAsync(experiment, "main", tagless.Id), StringComparison.Ordinal);
        Assert.Contains("Its tags are \"main\"", await RefusalAsync(experiment, "nightly", tagged.Id), StringComparison.Ordinal);
        Assert.Empty(await Baselines.ListAsync(experiment));
    }

    [Fact]
    public async Task ForAsync_TagsBeforeTheExperiment_AndOnlyRunsFromBefore()
    {
        var experiment = await NewExperimentAsync();
        var own = await NewRunAsync(experiment);
        var nightly = await NewRunAsync(experiment, "nightly");
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, own.Id, "");
        await Baselines.PinAsync(experiment, "nightly", nightly.Id, "");
        var later = await NewRunAsync(experiment, "slow", "nightly");
        var plain = await NewRunAsync(experiment, "slow");

        Assert.Equal(nightly.Id, (await Baselines.ForAsync(later))?.RunId);
        Assert.Equal(own.Id, (await Baselines.ForAsync(plain))?.RunId);
        Assert.Equal(own.Id, (await Baselines.ForAsync(nightly))?.RunId);
        Assert.Null(await Baselines.ForAsync(own));
        Assert.Null(await Baselines.ForAsync(later with { ExperimentId = null }));
    }

    [Fact]
    public async Task UnpinAsync_Baseline_IsGoneAndItsRunStays()
    {
        var experiment = await NewExperimentAsync();
        var run = await NewRunAsync(experiment);
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, run.Id, "");

        Assert.True(await Baselines.UnpinAsync(experiment, BaselineStore.ForAll));
        Assert.False(await Baselines.UnpinAsync(experiment, BaselineStore.ForAll));

        Assert.Empty(await Baselines.ListAsync(experiment));
        Assert.NotNull(await Runs.FindAsync(run.Id));
    }

    [Fact]
    public async Task DeleteRun_Baseline_IsRefusedUntilItIsUnpinned()
    {
        var experiment = await NewExperimentAsync();
        var run = await NewRunAsync(experiment);
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, run.Id, "");

        Assert.False(await Runs.DeleteAsync(run.Id));
        Assert.Single(await Baselines.ListAsync(experiment));

        await Baselines.UnpinAsync(experiment, BaselineStore.ForAll);
        Assert.True(await Runs.DeleteAsync(run.Id));
    }

    [Fact]
    public async Task DeleteExperiment_WithBaselines_TakesThemAlong()
    {
        var experiment = await NewExperimentAsync();
        var run = await NewRunAsync(experiment);
        await Baselines.PinAsync(experiment, BaselineStore.ForAll, run.Id, "");

        Assert.True(await Experiments.DeleteAsync(experiment));

        Assert.Empty(await Baselines.OfRunAsync(run.Id));
        Assert.True(await Runs.DeleteAsync(run.Id));
    }

    private async Task<string> RefusalAsync(Guid experiment, string tag, Guid run) =>
        (await Assert.ThrowsAsync<BaselineRefusedException>(() => Baselines.PinAsync(experiment, tag, run, ""))).Message;

    private async Task<Guid> NewExperimentAsync(string name = "Primes") => (await Experiments.CreateAsync(Samples.Spec(name))).Id;

    private async Task<RunRow> NewRunAsync(Guid experiment, params string[] tags)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var run = await Runs.CreateAsync(Samples.Spec("Primes", tags), 1, 4, experiment);
        await Runs.CommitAsync(run.Id, new RunChanges { Status = RunStatus.Completed, Machine = Samples.Machine, Plan = Samples.Plan(), Trials = [Samples.Trial(0)], EndedAt = Clock.GetUtcNow() });
        return (await Runs.FindAsync(run.Id))!.Row;
    }
}
