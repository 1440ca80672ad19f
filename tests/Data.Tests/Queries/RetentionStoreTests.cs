using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class RetentionStoreOnSqliteTests(SqliteDatabase database) : RetentionStoreTests(database);

public sealed class RetentionStoreOnPostgresTests(PostgresDatabase database) : RetentionStoreTests(database);

public abstract class RetentionStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task RulesAsync_NothingChosen_KeepsAll()
    {
        Assert.Equal(RetentionRules.KeepAll, await Retention.RulesAsync());

        await Retention.ChangeRulesAsync(new RetentionRules(30, null));
        await Retention.ChangeRulesAsync(new RetentionRules(30, 90));

        Assert.Equal(new RetentionRules(30, 90), await Retention.RulesAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Retention.ChangeRulesAsync(new RetentionRules(0, null)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Retention.ChangeRulesAsync(new RetentionRules(null, RetentionRules.MostDays + 1)));
    }

    [Fact]
    public async Task ThinFramesAsync_OldRuns_LoseTheirFramesAndNothingElse()
    {
        var old = await EndedAsync();
        Clock.Advance(TimeSpan.FromDays(10));
        var young = await EndedAsync();

        var thinned = await Retention.ThinFramesAsync(Clock.GetUtcNow().AddDays(-5), null, 10);

        Assert.Equal((1, true), (thinned.Runs, thinned.Bytes > 0));
        Assert.Empty(await Runs.FramesAsync(old));
        Assert.Equal(5, (await Runs.FramesAsync(young)).Count);
        var row = (await Runs.FindAsync(old))!.Row;
        Assert.Equal((Clock.GetUtcNow(), null, 2), (row.FramesThinnedAt!.Value, row.TrialsThinnedAt, row.TrialsEnded));
        Assert.Equal(2, (await Runs.HistogramsAsync(old)).Count);
        Assert.Null((await Runs.FindAsync(young))!.Row.FramesThinnedAt);
    }

    [Fact]
    public async Task ThinTrialsAsync_OldRuns_KeepTheirSummaries()
    {
        var old = await EndedAsync();
        var before = await Runs.TrialsAsync(old);
        Clock.Advance(TimeSpan.FromDays(10));

        var thinned = await Retention.ThinTrialsAsync(Clock.GetUtcNow().AddDays(-5), null, 10);

        Assert.Equal((1, true), (thinned.Runs, thinned.Bytes > 0));
        Assert.Empty(await Runs.HistogramsAsync(old));
        Assert.Equal(Samples.Json(before.Select(trial => trial with { TaskErrors = [] })), Samples.Json(await Runs.TrialsAsync(old)));
        Assert.Equal(5, (await Runs.FramesAsync(old)).Count);
        Assert.NotNull((await Runs.FindAsync(old))!.Row.TrialsThinnedAt);
    }

    [Fact]
    public async Task ThinFramesAsync_Batches_GoOnBehindTheLast()
    {
        for (var i = 0; i < 3; i++)
            await EndedAsync();
        Clock.Advance(TimeSpan.FromDays(10));

        var first = await Retention.ThinFramesAsync(Clock.GetUtcNow(), null, 2);
        var second = await Retention.ThinFramesAsync(Clock.GetUtcNow(), first.Last, 2);

        Assert.Equal((2, 1), (first.Runs, second.Runs));
        Assert.Equal(new Thinned(0, 0, null), await Retention.ThinFramesAsync(Clock.GetUtcNow(), second.Last, 2));
        Assert.Equal(new Thinned(0, 0, null), await Retention.ThinFramesAsync(Clock.GetUtcNow(), null, 2));
    }

    [Fact]
    public async Task Thinning_PinnedBaseline_KeepsEverything()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var pinned = await EndedAsync();
        await using (var db = Workspace.Context())
        {
            db.Add(new Baseline { ExperimentId = experiment, Tag = "", RunId = pinned, PinnedAt = Clock.GetUtcNow() });
            await db.SaveChangesAsync();
        }

        Clock.Advance(TimeSpan.FromDays(10));

        Assert.Equal(0, (await Retention.ThinFramesAsync(Clock.GetUtcNow(), null, 10)).Runs);
        Assert.Equal(0, (await Retention.ThinTrialsAsync(Clock.GetUtcNow(), null, 10)).Runs);
    }

    private async Task<Guid> EndedAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var id = (await Runs.CreateAsync(Samples.Spec("Primes"), 42, 4, null)).Id;
        await Runs.CommitAsync(id, new RunChanges
        {
            Status = RunStatus.Completed, EndedAt = Clock.GetUtcNow(), Machine = Samples.Machine, Plan = Samples.Plan(),
            Trials = [Samples.Trial(0), Samples.Trial(1)], Segments = [new FrameSegment(0, Samples.Frames(0, 0, 5))],
        });
        return id;
    }
}
