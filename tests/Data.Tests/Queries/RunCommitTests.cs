using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class RunCommitOnSqliteTests(SqliteDatabase database) : RunCommitTests(database);

public sealed class RunCommitOnPostgresTests(PostgresDatabase database) : RunCommitTests(database);

public abstract class RunCommitTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task CommitAsync_UnknownRun_GivesFalseAndWritesNothing()
    {
        Assert.False(await Runs.CommitAsync(Guid.CreateVersion7(), new RunChanges { Plan = Samples.Plan(), Trials = [Samples.Trial(0)], Segments = [new FrameSegment(0, Samples.Frames(0, 0, 1))] }));

        await using var db = Workspace.Context();
        Assert.Equal(0, await db.Trials.CountAsync() + await db.SeriesSegments.CountAsync());
    }

    [Fact]
    public async Task CommitAsync_NothingGiven_LeavesAllAsItIs()
    {
        var id = await NewRunAsync();
        await Runs.CommitAsync(id, new RunChanges
        {
            Status = RunStatus.Running,
            Reason = "because",
            RunnerName = "here",
            StartedAt = Clock.GetUtcNow(),
            Machine = Samples.Machine,
            Plan = Samples.Plan(),
            CommittedSequence = 5,
        });
        var before = Samples.Json(await Runs.FindAsync(id));

        Assert.True(await Runs.CommitAsync(id, new RunChanges()));

        Assert.Equal(before, Samples.Json(await Runs.FindAsync(id)));
        Assert.Contains("because", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommitAsync_LowerSequence_KeepsTheHigher()
    {
        var id = await NewRunAsync();
        await Runs.CommitAsync(id, new RunChanges { CommittedSequence = 9 });

        await Runs.CommitAsync(id, new RunChanges { CommittedSequence = 3 });

        Assert.Equal(9, (await Runs.FindAsync(id))!.CommittedSequence);
    }

    [Fact]
    public async Task CommitAsync_CancelledTwice_KeepsTheFirstTime()
    {
        var id = await NewRunAsync();
        var first = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        await Runs.CommitAsync(id, new RunChanges { CancelledAt = first });

        await Runs.CommitAsync(id, new RunChanges { CancelledAt = first.AddMinutes(1) });

        Assert.Equal(first, (await Runs.FindAsync(id))!.CancelledAt);
    }

    [Fact]
    public async Task CommitAsync_SameTrialAgain_ReplacesIt()
    {
        var id = await NewRunAsync();
        await Runs.CommitAsync(id, new RunChanges { Plan = Samples.Plan(), Trials = [Samples.Trial(0), Samples.Trial(1)] });

        await Runs.CommitAsync(id, new RunChanges { Trials = [Samples.Trial(1, TrialStatus.Failed) with { Histogram = [] }] });

        var trials = await Runs.TrialsAsync(id);
        Assert.Equal([TrialStatus.Completed, TrialStatus.Failed], trials.Select(trial => trial.Status));
        Assert.NotNull(await Runs.HistogramAsync(id, 0));
        Assert.Null(await Runs.HistogramAsync(id, 1));
        var row = (await Runs.FindAsync(id))!.Row;
        Assert.Equal((2, 1), (row.TrialsEnded, row.TrialsFailed));
    }

    [Fact]
    public async Task CommitAsync_TrialThatWasNotNeeded_HasEndedAndNotFailed()
    {
        var id = await NewRunAsync();

        await Runs.CommitAsync(id, new RunChanges { Plan = Samples.Plan(), Trials = [Samples.Trial(0), Samples.Trial(1, TrialStatus.Skipped)] });

        var row = (await Runs.FindAsync(id))!.Row;
        Assert.Equal((2, 0), (row.TrialsEnded, row.TrialsFailed));
    }

    [Fact]
    public async Task CommitAsync_LargerSegment_ReplacesThoseWithinIt()
    {
        var id = await NewRunAsync();
        await Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 0, 10)), new FrameSegment(1, Samples.Frames(1, 0, 3))] });
        await Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 10, 10))] });

        await Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 0, 25))] });

        await using var db = Workspace.Context();
        Assert.Equal(2, await db.SeriesSegments.CountAsync());
        Assert.Equal(Samples.Json(Samples.Frames(0, 0, 25).Concat(Samples.Frames(1, 0, 3))), Samples.Json(await Runs.FramesAsync(id)));
        Assert.Equal(Samples.Json(Samples.Frames(1, 0, 3)), Samples.Json(await Runs.FramesAsync(id, trial: 1)));
    }

    [Fact]
    public async Task CommitAsync_OverlappingSegments_ReadAsEachFrameOnce()
    {
        var id = await NewRunAsync();
        await Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 0, 10))] });

        await Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 5, 10))] });

        Assert.Equal(Enumerable.Range(0, 15), (await Runs.FramesAsync(id)).Select(frame => frame.Number));
    }

    [Fact]
    public async Task CommitAsync_MoreThanAMinute_IsStoredInSegmentsOfAtMostOne()
    {
        var id = await NewRunAsync();

        await Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 0, 1_300))] });

        await using var db = Workspace.Context();
        Assert.Equal([600, 600, 100], await db.SeriesSegments.OrderBy(segment => segment.FirstFrame).Select(segment => segment.FrameCount).ToListAsync());
        Assert.Equal(Enumerable.Range(0, 1_300), (await Runs.FramesAsync(id)).Select(frame => frame.Number));
    }

    [Fact]
    public async Task CommitAsync_EndedRun_KeepsItsEndButTakesLateResults()
    {
        var id = await NewRunAsync();
        var end = Clock.GetUtcNow();
        await Runs.CommitAsync(id, new RunChanges { Plan = Samples.Plan(), Status = RunStatus.Cancelled, Reason = "cancelled by hand", EndedAt = end });

        await Runs.CommitAsync(id, new RunChanges { Status = RunStatus.Running, Reason = "", EndedAt = end.AddHours(1), Trials = [Samples.Trial(0)] });

        var row = (await Runs.FindAsync(id))!.Row;
        Assert.Equal((RunStatus.Cancelled, "cancelled by hand", end, 1), (row.Status, row.Reason, row.EndedAt!.Value, row.TrialsEnded));
    }

    [Fact]
    public async Task CommitAsync_TrialBeforeThePlan_IsRefusedWhole()
    {
        var id = await NewRunAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Runs.CommitAsync(id, new RunChanges { Trials = [Samples.Trial(0)], CommittedSequence = 3 }));

        Assert.Contains("no plan yet", error.Message, StringComparison.Ordinal);
        Assert.Equal(-1, (await Runs.FindAsync(id))!.CommittedSequence);
    }

    [Fact]
    public async Task CommitAsync_TrialOfAnUnknownCell_IsRefusedWhole()
    {
        var id = await NewRunAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Runs.CommitAsync(id, new RunChanges { Plan = Samples.Plan(), Trials = [Samples.Trial(0), Samples.Trial(1) with { Cell = 2 }], CommittedSequence = 3 }));

        Assert.Contains("cell 2", error.Message, StringComparison.Ordinal);
        Assert.Null((await Runs.FindAsync(id))!.Plan);
        Assert.Empty(await Runs.TrialsAsync(id));
    }

    [Fact]
    public async Task CommitAsync_FramesOfAnotherTrial_AreRefused()
    {
        var id = await NewRunAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(1, 0, 2))] }));
    }

    [Fact]
    public async Task CommitAsync_TextThatDatabasesRefuse_IsStoredReadably()
    {
        var id = await NewRunAsync();
        var trial = Samples.Trial(0) with { Failure = "a\0b\ud800c", TaskErrors = [new TaskError(0, 0, "x\0y", "\udc00")], Warnings = ["w\0"] };

        await Runs.CommitAsync(id, new RunChanges { Plan = Samples.Plan(), Reason = "r\0", RunnerName = "n\ud800", Trials = [trial] });

        var row = (await Runs.FindAsync(id))!.Row;
        Assert.Equal(("r\ufffd", "n\ufffd"), (row.Reason, row.RunnerName));
        Assert.Equal("a\ufffdb\ufffdc", (await Runs.TrialsAsync(id))[0].Failure);
    }

    [Fact]
    public async Task CommitAsync_Trial_HasItsCellAsColumns()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("Primes"));
        var id = (await Runs.CreateAsync(Samples.Spec("Primes"), 42, 4, experiment.Id)).Id;

        await Runs.CommitAsync(id, new RunChanges { Plan = Samples.Plan(), Trials = [Samples.Trial(1), Samples.Trial(3)] });

        await using var db = Workspace.Context();
        var trials = await db.Trials.OrderBy(trial => trial.Index).ToListAsync();
        var cell = Samples.Plan().Cells[1];
        Assert.Equal(
            (cell.Runtime, "python3.11", cell.Strategy, cell.Workers, cell.Channel, cell.StartMethod, cell.ChunkSize, cell.PayloadBytes),
            (trials[0].CellRuntime, trials[0].Runtime, trials[0].Strategy, trials[0].Workers, trials[0].Channel, trials[0].StartMethod, trials[0].ChunkSize, trials[0].PayloadBytes));
        Assert.Equal("""{"label":"x","limit":2000}""", trials[0].Params);
        Assert.Equal(experiment.Id, trials[0].ExperimentId);
        Assert.Equal(trials[0].CellKey, trials[1].CellKey);
    }

    [Fact]
    public async Task CommitAsync_ManyRunsAtOnce_AllSucceed()
    {
        var ids = new List<Guid>();
        for (var run = 0; run < 8; run++)
            ids.Add(await NewRunAsync());

        await Task.WhenAll(ids.Select(id => Task.Run(async () =>
        {
            await Runs.CommitAsync(id, new RunChanges { Plan = Samples.Plan(20) });
            for (var i = 0; i < 20; i++)
                Assert.True(await Runs.CommitAsync(id, new RunChanges { Trials = [Samples.Trial(i)], Segments = [new FrameSegment(i, Samples.Frames(i, 0, 10))], CommittedSequence = i }));
        })));

        foreach (var id in ids)
        {
            Assert.Equal(20, (await Runs.FindAsync(id))!.Row.TrialsEnded);
            Assert.Equal(200, (await Runs.FramesAsync(id)).Count);
        }
    }

    private async Task<Guid> NewRunAsync() => (await Runs.CreateAsync(Samples.Spec("Primes"), 42, 4, null)).Id;
}
