using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class HappeningStoreOnSqliteTests(SqliteDatabase database) : HappeningStoreTests(database);

public sealed class HappeningStoreOnPostgresTests(PostgresDatabase database) : HappeningStoreTests(database);

public abstract class HappeningStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task CommitAsync_EndOfARun_HappensOnceHoweverOftenItIsSent()
    {
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;
        await Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Running });
        Assert.Empty(await Workspace.Happenings.NextAsync(10));

        await Runs.CommitAsync(run, Ended());
        await Runs.CommitAsync(run, Ended());

        var happening = Assert.Single(await Workspace.Happenings.NextAsync(10));
        Assert.Equal((HappeningKinds.RunFinished, run), (happening.Kind, happening.Subject));
        Assert.Equal([Workspace.Id], (await Workspace.Directory.WithHappeningsAsync()).Where(id => id == Workspace.Id));
        await Workspace.Happenings.DoneAsync(happening.Id);
        await Runs.CommitAsync(run, Ended());
        Assert.Empty(await Workspace.Happenings.NextAsync(10));
    }

    [Fact]
    public async Task CommitAsync_ThatFails_HasNotHappened()
    {
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;

        await Assert.ThrowsAsync<ArgumentException>(() => Runs.CommitAsync(run, Ended() with { Segments = [new FrameSegment(0, [Samples.Frame(1, 0)])] }));

        Assert.Empty(await Workspace.Happenings.NextAsync(10));
    }

    [Fact]
    public async Task StoreAsync_Changes_OnlyANewRegressionHappens()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment)).Id;
        var slower = Change(experiment, run, ChangeMetric.Throughput, -0.2);
        var old = Change(experiment, run, ChangeMetric.Throughput, -0.3, Clock.GetUtcNow().AddDays(-30));
        old.CellKey = "old";
        var faster = Change(experiment, run, ChangeMetric.P99, -0.2);

        await Changes.StoreAsync(new SeriesFindings([slower, old, faster], [], []));

        var happening = Assert.Single(await Workspace.Happenings.NextAsync(10));
        Assert.Equal((HappeningKinds.RegressionFound, slower.Id), (happening.Kind, happening.Subject));
    }

    [Fact]
    public async Task AddAsync_SameIdTwice_IsOne()
    {
        var id = Guid.NewGuid();

        Assert.True(await Workspace.Happenings.AddAsync(id, HappeningKinds.Ping, Guid.NewGuid(), ""));
        Assert.False(await Workspace.Happenings.AddAsync(id, HappeningKinds.Ping, Guid.NewGuid(), ""));

        Assert.Single(await Workspace.Happenings.NextAsync(10));
    }

    private RunChanges Ended() => new() { Status = RunStatus.Failed, EndedAt = Clock.GetUtcNow() };

    private Change Change(Guid experiment, Guid run, ChangeMetric metric, double shift, DateTimeOffset? at = null) => new()
    {
        Id = Guid.NewGuid(), ExperimentId = experiment, CellKey = "cell", MachineKey = "machine", Metric = metric, RunId = run, At = at ?? Clock.GetUtcNow(),
        Before = 100, After = 100 * (1 + shift), RelativeShift = shift, Confidence = 0.999, FoundAt = Clock.GetUtcNow(),
    };
}
