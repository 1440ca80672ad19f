using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class PointWriterOnSqliteTests(SqliteDatabase database) : PointWriterTests(database);

public sealed class PointWriterOnPostgresTests(PostgresDatabase database) : PointWriterTests(database);

/// <summary>What an ended run leaves for the history of its cells.</summary>
public abstract class PointWriterTests(TestDatabase database) : StoreTests(database)
{
    private static readonly string First = CellKey.Of(Samples.Plan().Cells[0]);

    [Fact]
    public async Task CommitAsync_RunThatGoesOn_HasNoPoints()
    {
        var (experiment, id) = await NewRunAsync();

        await Runs.CommitAsync(id, new RunChanges { Machine = Samples.Machine, Plan = Samples.Plan(), Trials = [Samples.Trial(0)] });

        Assert.Empty((await Trends.PointsAsync(experiment, First)).Points);
        Assert.Empty(await Trends.CellsAsync(experiment));
        Assert.Empty(await Changes.DueAsync(10));
    }

    [Fact]
    public async Task CommitAsync_End_GivesOnePointForEachCellThatWasMeasured()
    {
        var (experiment, id) = await NewRunAsync();
        var ended = Clock.GetUtcNow();

        await Runs.CommitAsync(id, End(ended) with { Trials = [Trial(0, 100), Samples.Trial(1, TrialStatus.Failed), Trial(2, 140)] });

        var point = Assert.Single((await Trends.PointsAsync(experiment, First)).Points);
        Assert.Equal((id, ended, MachineKeys.Of(Samples.Machine), "", 2), (point.RunId, point.EndedAt, point.MachineKey, point.Source, point.Completed));
        Assert.Equal(new Level(120, 100, 140), point.Throughput);
        Assert.Equal(1.1, point.P50Ms!.Median, 6);
        Assert.Equal(1.4, point.P99Ms!.Median, 6);
        Assert.Equal(6.0 / 402, point.ErrorRatio, 6);
        var cell = Assert.Single(await Trends.CellsAsync(experiment));
        Assert.Equal((First, Samples.Json(Samples.Plan().Cells[0]), ended), (cell.Key, Samples.Json(cell.Cell), cell.LastEndedAt));
    }

    [Fact]
    public async Task CommitAsync_EndOfASearch_GivesNoPoints()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var id = (await Runs.CreateAsync(Samples.Spec("Primes") with { Search = new SearchSpec() }, 42, 4, experiment)).Id;

        await Runs.CommitAsync(id, End(Clock.GetUtcNow()) with { Trials = [Trial(0, 100), Trial(1, 100)] });

        Assert.Empty((await Trends.PointsAsync(experiment, First)).Points);
        Assert.Empty(await Trends.CellsAsync(experiment));
        Assert.Empty(await Changes.DueAsync(10));
    }

    [Fact]
    public async Task CommitAsync_PercentileThatIsNotTold_IsNoneInThePointToo()
    {
        var (experiment, id) = await NewRunAsync();

        await Runs.CommitAsync(id, End(Clock.GetUtcNow()) with { Trials = [Trial(0, 100) with { Latency = new Latency { P50Ms = 2 } }] });

        var point = Single(await Trends.PointsAsync(experiment, First));
        Assert.Equal((new Level(2, 2, 2), null), (point.P50Ms, point.P99Ms));
        Assert.Null(Assert.Single(await Runs.TrialsAsync(id)).Latency.P99Ms);
    }

    [Fact]
    public async Task CommitAsync_LateTrial_IsInThePointToo()
    {
        var (experiment, id) = await NewRunAsync();
        await Runs.CommitAsync(id, End(Clock.GetUtcNow()) with { Status = RunStatus.Lost, Trials = [Trial(0, 100)] });
        await Changes.ExaminedAsync(Assert.Single(await Changes.DueAsync(10)));

        await Runs.CommitAsync(id, new RunChanges { Trials = [Trial(2, 200)] });

        Assert.Equal((2, 150), (Single(await Trends.PointsAsync(experiment, First)).Completed, Single(await Trends.PointsAsync(experiment, First)).Throughput.Median));
        Assert.Single(await Changes.DueAsync(10));
    }

    [Fact]
    public async Task CommitAsync_TwoRuns_TheCellIsKnownOnceAndByTheLast()
    {
        var (experiment, first) = await NewRunAsync();
        var second = (await Runs.CreateAsync(Samples.Spec("Primes"), 42, 4, experiment)).Id;
        var ended = Clock.GetUtcNow();

        await Runs.CommitAsync(second, End(ended.AddHours(1)) with { Trials = [Trial(0, 100)] });
        await Runs.CommitAsync(first, End(ended) with { Trials = [Trial(0, 90)] });

        Assert.Equal(ended.AddHours(1), Assert.Single(await Trends.CellsAsync(experiment)).LastEndedAt);
        Assert.Equal([first, second], (await Trends.PointsAsync(experiment, First)).Points.Select(point => point.RunId));
        Assert.Equal([second], (await Trends.PointsAsync(experiment, First, ended.AddMinutes(1))).Points.Select(point => point.RunId));
        Assert.Empty((await Trends.PointsAsync(experiment, First, machineKey: "another")).Points);
    }

    [Fact]
    public async Task DueAsync_EndedRun_IsDueUntilItWasLookedAt()
    {
        var (experiment, id) = await NewRunAsync();
        await Runs.CommitAsync(id, End(Clock.GetUtcNow()) with { Trials = [Trial(0, 100), Trial(1, 100)] });

        var due = Assert.Single(await Changes.DueAsync(10));
        Assert.Equal((id, experiment, MachineKeys.Of(Samples.Machine), 2), (due.RunId, due.ExperimentId, due.MachineKey, due.CellKeys.Count));

        // A late trial came while the run was looked at.
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Runs.CommitAsync(id, new RunChanges { Trials = [Trial(2, 200)] });
        Assert.False(await Changes.ExaminedAsync(due));
        Assert.True(await Changes.ExaminedAsync(Assert.Single(await Changes.DueAsync(10))));
        Assert.Empty(await Changes.DueAsync(10));
    }

    [Fact]
    public async Task DeleteAsync_Experiment_KeepsThePointsOfItsRunsAndForgetsTheRest()
    {
        var (experiment, id) = await NewRunAsync();
        await Runs.CommitAsync(id, End(Clock.GetUtcNow()) with { Trials = [Trial(0, 100)] });
        await Trends.AnnotateAsync(experiment, Clock.GetUtcNow(), "remark");

        Assert.True(await Experiments.DeleteAsync(experiment));

        await using var db = Workspace.Context();
        Assert.Equal((id, null), ((await db.CellPoints.SingleAsync()).RunId, (await db.CellPoints.SingleAsync()).ExperimentId));
        Assert.Equal(0, await db.ExperimentCells.CountAsync() + await db.Annotations.CountAsync());
        Assert.Empty(Assert.Single(await Changes.DueAsync(10)).CellKeys);
    }

    [Fact]
    public async Task CommitAsync_RunsOfOneExperimentEndAtOnce_AllHavePoints()
    {
        var (experiment, _) = await NewRunAsync();
        var ids = new List<Guid>();
        for (var run = 0; run < 8; run++)
            ids.Add((await Runs.CreateAsync(Samples.Spec("Primes"), 42, 4, experiment)).Id);
        var ended = Clock.GetUtcNow();

        await Task.WhenAll(ids.Select((id, i) => Task.Run(() => Runs.CommitAsync(id, End(ended.AddSeconds(i)) with { Trials = [Trial(0, 100), Trial(1, 100)] }))));

        Assert.Equal(ids, (await Trends.PointsAsync(experiment, First)).Points.Select(point => point.RunId));
    }

    [Fact]
    public async Task ImportAsync_Runs_AreEndedAndHavePoints()
    {
        var (experiment, _) = await NewRunAsync();
        var start = Clock.GetUtcNow().AddDays(-90);

        var rows = await Runs.ImportAsync([Import(experiment, start), Import(experiment, start.AddDays(1)) with { Machine = null }]);

        Assert.Equal([RunStatus.Completed, RunStatus.Completed], rows.Select(row => row.Status));
        Assert.Equal(("hyperfine", start, start.AddMinutes(1), 1, 1), (rows[0].Source, rows[0].QueuedAt, rows[0].EndedAt!.Value, rows[0].TrialCount, rows[0].TrialsEnded));
        var points = (await Trends.PointsAsync(experiment, First)).Points;
        Assert.Equal(rows.Select(row => row.Id), points.Select(point => point.RunId));
        Assert.All(points, point => Assert.Equal("hyperfine", point.Source));
        Assert.Equal((MachineKeys.Of(Samples.Machine), ""), (points[0].MachineKey, points[1].MachineKey));
    }

    [Fact]
    public async Task ImportAsync_OneOfThemIsWrong_StoresNone()
    {
        var start = Clock.GetUtcNow();

        await Assert.ThrowsAsync<ArgumentException>(() => Runs.ImportAsync([Import(null, start), Import(null, start) with { Trials = [Samples.Trial(0) with { Cell = 9 }] }]));
        await Assert.ThrowsAsync<UnknownExperimentException>(() => Runs.ImportAsync([Import(null, start), Import(Guid.CreateVersion7(), start)]));
        await Assert.ThrowsAsync<ArgumentException>(() => Runs.ImportAsync([Import(null, start) with { Source = "" }]));

        Assert.Equal(0, (await Runs.ListAsync(new RunQuery())).Total);
    }

    private static TrendPoint Single(TrendPoints points) => Assert.Single(points.Points);

    private static TrialResult Trial(int index, double throughput) => Samples.Trial(index) with { ThroughputPerSecond = throughput };

    private static RunChanges End(DateTimeOffset ended) => new() { Status = RunStatus.Completed, EndedAt = ended, Machine = Samples.Machine, Plan = Samples.Plan() };

    private static ImportedRun Import(Guid? experiment, DateTimeOffset start) =>
        new(Samples.Spec("Primes"), "hyperfine", Samples.Machine, Samples.Plan(1), [Samples.Trial(0)], start, start.AddMinutes(1), experiment);

    private async Task<(Guid Experiment, Guid Run)> NewRunAsync()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        return (experiment, (await Runs.CreateAsync(Samples.Spec("Primes"), 42, 4, experiment)).Id);
    }
}
