using Brigade.Contracts.Runs;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class RunStoreOnSqliteTests(SqliteDatabase database) : RunStoreTests(database);

public sealed class RunStoreOnPostgresTests(PostgresDatabase database) : RunStoreTests(database);

public abstract class RunStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task CreateAsync_Spec_GivesAQueuedRunThatReadsBack()
    {
        var spec = Samples.Spec("Primes", "demo", "Größe");

        var created = await Runs.CreateAsync(spec, seed: 42, trialCount: 4, experimentId: null);
        var found = await Runs.FindAsync(created.Id);

        Assert.Equal(7, created.Id.Version);
        Assert.NotNull(found);
        Assert.Equal(Samples.Json(created), Samples.Json(found.Row));
        Assert.Equal(Samples.Json(spec), Samples.Json(found.Spec));
        Assert.Equal((42, -1L), (found.Seed, found.CommittedSequence));
        Assert.Null(found.Machine);
        Assert.Null(found.Plan);
        Assert.Equal(
            ("Primes", "cpu.primes", "dotnet, python", "sequential, process-per-task", RunStatus.Queued, 4, 0),
            (found.Row.Name, found.Row.Workload, found.Row.Runtimes, found.Row.Strategies, found.Row.Status, found.Row.TrialCount, found.Row.TrialsEnded));
        Assert.Equal(["demo", "Größe"], found.Row.Tags);
        Assert.Equal(Clock.GetUtcNow(), found.Row.QueuedAt);
    }

    [Fact]
    public async Task CommitAsync_WholeRun_ReadsBackUnchanged()
    {
        var id = await NewRunAsync();
        var started = Clock.GetUtcNow();

        Assert.True(await Runs.CommitAsync(id, new RunChanges { Status = RunStatus.Running, RunnerName = "here", StartedAt = started, Machine = Samples.Machine, Plan = Samples.Plan(), CommittedSequence = 0 }));
        Assert.True(await Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 0, 20))], CommittedSequence = 21 }));
        Assert.True(await Runs.CommitAsync(id, new RunChanges { Trials = [Samples.Trial(0), Samples.Trial(1, TrialStatus.TimedOut)], CommittedSequence = 23 }));
        Assert.True(await Runs.CommitAsync(id, new RunChanges { Status = RunStatus.Completed, Reason = "", EndedAt = started.AddSeconds(3) }));

        var detail = await Runs.FindAsync(id);
        Assert.NotNull(detail);
        Assert.Equal((RunStatus.Completed, "here", 2, 1, 23L), (detail.Row.Status, detail.Row.RunnerName, detail.Row.TrialsEnded, detail.Row.TrialsFailed, detail.CommittedSequence));
        Assert.Equal((started, started.AddSeconds(3)), (detail.Row.StartedAt!.Value, detail.Row.EndedAt!.Value));
        Assert.Equal(Samples.Json(Samples.Machine), Samples.Json(detail.Machine));
        Assert.Equal(Samples.Json(Samples.Plan()), Samples.Json(detail.Plan));
        TrialResult[] lean = [Samples.Trial(0) with { Histogram = [], UncorrectedHistogram = [] }, Samples.Trial(1, TrialStatus.TimedOut) with { Histogram = [], UncorrectedHistogram = [] }];
        Assert.Equal(Samples.Json(lean), Samples.Json(await Runs.TrialsAsync(id)));
        Assert.Equal(Samples.Trial(1).Histogram, await Runs.HistogramAsync(id, 1));
        Assert.Null(await Runs.HistogramAsync(id, 2));
        Assert.Equal(Samples.Trial(1).Histogram, (await Runs.HistogramsAsync(id))[1]);
        Assert.DoesNotContain(2, (await Runs.HistogramsAsync(id)).Keys);
        Assert.Equal(Samples.Trial(1).UncorrectedHistogram, (await Runs.UncorrectedHistogramsAsync(id))[1]);
        Assert.Equal(Samples.Json(Samples.Frames(0, 0, 20)), Samples.Json(await Runs.FramesAsync(id)));
    }

    [Fact]
    public async Task SegmentsAsync_WithoutHistograms_IsOneSegmentAtATimeWithAllTheRest()
    {
        var id = await NewRunAsync();
        await Runs.CommitAsync(id, new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 0, 700)), new FrameSegment(1, Samples.Frames(1, 0, 5))] });

        List<IReadOnlyList<Frame>> segments = [];
        await foreach (var segment in Runs.SegmentsAsync(id, withHistograms: false))
            segments.Add(segment);

        Assert.Equal([(0, 600), (0, 100), (1, 5)], segments.Select(segment => (segment[0].Trial, segment.Count)));
        Assert.Equal(Samples.Json(Samples.Frames(1, 0, 5).Select(frame => frame with { Histogram = [] })), Samples.Json(segments[2]));
    }

    [Fact]
    public async Task CreateAsync_SpecStoredAsOtherText_IsStillThatVersion()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("One"));
        await using (var db = Workspace.Context())
            await db.ExperimentVersions.ExecuteUpdateAsync(set => set.SetProperty(version => version.Spec, version => version.Spec + " "));

        Assert.Equal(1, (await Runs.CreateAsync(Samples.Spec("One"), 1, 4, experiment.Id)).ExperimentVersion);
    }

    [Fact]
    public async Task CreateAsync_OfAnExperiment_KnowsWhichVersionItIs()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("One"));
        await Experiments.UpdateAsync(experiment.Id, Samples.Spec("One", "changed"), 1);

        var current = await Runs.CreateAsync(Samples.Spec("One", "changed"), 1, 4, experiment.Id);
        var earlier = await Runs.CreateAsync(Samples.Spec("One"), 1, 4, experiment.Id);
        var altered = await Runs.CreateAsync(Samples.Spec("One", "altered"), 1, 4, experiment.Id);

        Assert.Equal([2, 1, null], new[] { current.ExperimentVersion, earlier.ExperimentVersion, altered.ExperimentVersion });
        Assert.All([current, earlier, altered], run => Assert.Equal(experiment.Id, run.ExperimentId));
    }

    [Fact]
    public async Task CreateAsync_UnknownExperiment_SaysSo()
    {
        var id = Guid.CreateVersion7();

        var error = await Assert.ThrowsAsync<UnknownExperimentException>(() => Runs.CreateAsync(Samples.Spec("One"), 1, 4, id));

        Assert.Contains(id.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_Unknown_GivesNull() => Assert.Null(await Runs.FindAsync(Guid.CreateVersion7()));

    [Fact]
    public async Task CountAsync_SomeRuns_CountsByStatus()
    {
        await NewRunAsync();
        await NewRunAsync();
        await EndAsync(await NewRunAsync(), RunStatus.Failed);

        var counts = await Runs.CountAsync();

        Assert.Equal(2, counts.Count);
        Assert.Equal((2, 1), (counts[RunStatus.Queued], counts[RunStatus.Failed]));
    }

    [Fact]
    public async Task ListOpenAsync_SomeEnded_GivesTheOthersOldestFirst()
    {
        var first = await NewRunAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await EndAsync(await NewRunAsync(), RunStatus.Lost);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await NewRunAsync();
        await Runs.CommitAsync(third, new RunChanges { Status = RunStatus.Finishing });

        Assert.Equal([first, third], (await Runs.ListOpenAsync()).Select(run => run.Id));
    }

    [Fact]
    public async Task DeleteAsync_EndedRun_LeavesNothingOfIt()
    {
        var id = await NewRunAsync();
        await Runs.CommitAsync(id, new RunChanges { Plan = Samples.Plan(), Trials = [Samples.Trial(0)], Segments = [new FrameSegment(0, Samples.Frames(0, 0, 5))] });
        Assert.False(await Runs.DeleteAsync(id));
        await EndAsync(id, RunStatus.Cancelled);

        Assert.True(await Runs.DeleteAsync(id));

        await using var db = Workspace.Context();
        var left = await db.Runs.CountAsync() + await db.RunDocuments.CountAsync() + await db.Trials.CountAsync() + await db.SeriesSegments.CountAsync() + await db.LatencyHistograms.CountAsync();
        Assert.Equal(0, left);
        Assert.False(await Runs.DeleteAsync(id));
    }

    [Fact]
    public async Task GuessAsync_UntilTheEnd_IsKept()
    {
        var id = await NewRunAsync();
        Assert.Equal("", (await Runs.FindAsync(id))!.Guess);

        Assert.True(await Runs.GuessAsync(id, """{"strategy":"threads"}"""));
        await EndAsync(id, RunStatus.Completed);
        Assert.False(await Runs.GuessAsync(id, "{}"));

        Assert.Equal("""{"strategy":"threads"}""", (await Runs.FindAsync(id))!.Guess);
    }

    private Task<bool> EndAsync(Guid id, RunStatus status) => Runs.CommitAsync(id, new RunChanges { Status = status, EndedAt = Clock.GetUtcNow() });

    private async Task<Guid> NewRunAsync(string name = "Primes") => (await Runs.CreateAsync(Samples.Spec(name), 42, 4, null)).Id;
}
