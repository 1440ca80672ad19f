using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class ComparisonStoreOnSqliteTests(SqliteDatabase database) : ComparisonStoreTests(database);

public sealed class ComparisonStoreOnPostgresTests(PostgresDatabase database) : ComparisonStoreTests(database);

public abstract class ComparisonStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task LoadAsync_Runs_ComeInTheAskedOrderWithTheirTrials()
    {
        var first = await NewRunAsync("First");
        var second = await NewRunAsync("Second");

        var loaded = await Workspace.Comparisons.LoadAsync([second, Guid.NewGuid(), first]);

        Assert.Equal([second, first], loaded.Select(run => run.Run.Row.Id));
        Assert.Equal(Samples.Json(await Runs.FindAsync(second)), Samples.Json(loaded[0].Run));
        Assert.Equal(Samples.Json(await Runs.TrialsAsync(second)), Samples.Json(loaded[0].Trials));
        Assert.Equal([0, 1], loaded[1].Trials.Select(trial => trial.Index));
    }

    [Fact]
    public async Task PreviousAsync_RunsOfAnExperiment_GivesTheLastCompletedOneBefore()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        await NewRunAsync("Primes", experiment: experiment);
        var before = await NewRunAsync("Primes", experiment: experiment);
        await NewRunAsync("Primes", RunStatus.Failed, experiment);
        await NewRunAsync("Primes");
        var run = (await Runs.FindAsync(await NewRunAsync("Primes", experiment: experiment)))!.Row;
        await NewRunAsync("Primes", experiment: experiment);

        Assert.Equal(before, (await Workspace.Comparisons.PreviousAsync(run))?.Id);
        Assert.Null(await Workspace.Comparisons.PreviousAsync(run with { ExperimentId = null }));
    }

    [Fact]
    public async Task EarlierAsync_RunsOfAnExperiment_GivesTheMediansOfThoseBeforeOldestFirst()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        foreach (var throughput in new[] { 100, 110, 120 })
            await NewRunAsync("Primes", experiment: experiment, throughput: throughput);
        await NewRunAsync("Primes", RunStatus.Failed, experiment);
        await NewRunAsync("Primes");
        var run = (await Runs.FindAsync(await NewRunAsync("Primes", experiment: experiment)))!.Row;

        var earlier = await Workspace.Comparisons.EarlierAsync(experiment, run.MachineKey, run.EndedAt!.Value);

        Assert.Equal([100, 110, 120], earlier[CellKey.Of(Samples.Plan().Cells[0])].Select(medians => medians.Throughput));
        Assert.All(earlier.SelectMany(cell => cell), medians => Assert.Equal(1.4, medians.P99Ms));
        Assert.Empty(await Workspace.Comparisons.EarlierAsync(experiment, "another machine", run.EndedAt.Value));
    }

    [Fact]
    public async Task HistogramsAsync_SomeTrials_GivesTheirsOnly()
    {
        var run = await NewRunAsync("Primes");

        var histograms = await Workspace.Comparisons.HistogramsAsync(run, [1, 3]);

        Assert.Equal(Samples.Trial(1).Histogram, Assert.Single(histograms).Value);
        Assert.Equal([1], histograms.Keys);
    }

    private async Task<Guid> NewRunAsync(string name, RunStatus status = RunStatus.Completed, Guid? experiment = null, double throughput = 162.3)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var run = await Runs.CreateAsync(Samples.Spec(name), 1, 4, experiment);
        await Runs.CommitAsync(run.Id, new RunChanges { Status = status, Machine = Samples.Machine, Plan = Samples.Plan(), Trials = [Samples.Trial(0) with { ThroughputPerSecond = throughput }, Samples.Trial(1)], EndedAt = Clock.GetUtcNow() });
        return run.Id;
    }
}
