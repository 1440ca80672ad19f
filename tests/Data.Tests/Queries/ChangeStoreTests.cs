using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class ChangeStoreOnSqliteTests(SqliteDatabase database) : ChangeStoreTests(database);

public sealed class ChangeStoreOnPostgresTests(PostgresDatabase database) : ChangeStoreTests(database);

public abstract class ChangeStoreTests(TestDatabase database) : StoreTests(database)
{
    private Guid _experiment;

    [Fact]
    public async Task ListAsync_Changes_AreNewestFirstAndSayWhatTheyAreAbout()
    {
        var older = await FoundAsync(-0.2);
        var newer = await FoundAsync(0.3);

        var page = await Changes.ListAsync(new ChangeQuery());

        Assert.Equal([newer.Id, older.Id], page.Items.Select(change => change.Id));
        Assert.False(page.HasMore);
        var row = page.Items[1];
        Assert.Equal(("Primes", older.CellKey, "a machine", ChangeMetric.Throughput, -0.2, ChangeState.Open, false), (row.ExperimentName, row.CellKey, row.MachineKey, row.Metric, row.RelativeShift, row.State, row.IsImprovement));
        Assert.Equal(Samples.Json(Samples.Plan().Cells[0]), Samples.Json(row.Cell));
        Assert.True(page.Items[0].IsImprovement);
    }

    [Fact]
    public async Task ListAsync_Pages_HoldEachChangeOnce()
    {
        var all = new List<Guid>();
        for (var i = 0; i < 5; i++)
            all.Insert(0, (await FoundAsync(-0.1)).Id);

        List<Guid> seen = [];
        for (ChangePlace? after = null; ;)
        {
            var page = await Changes.ListAsync(new ChangeQuery { Take = 2, After = after });
            seen.AddRange(page.Items.Select(change => change.Id));
            after = new ChangePlace(page.Items[^1].At, page.Items[^1].Id);
            if (!page.HasMore)
                break;
        }

        Assert.Equal(all, seen);
    }

    [Fact]
    public async Task ListAsync_Filters_AreAllApplied()
    {
        var change = await FoundAsync(-0.1);
        var noise = await FoundAsync(-0.1);
        await Changes.DecideAsync(noise.Id, ChangeState.Noise, null);

        Assert.Equal([change.Id], (await Changes.ListAsync(new ChangeQuery { States = [ChangeState.Open] })).Items.Select(row => row.Id));
        Assert.Equal(2, (await Changes.ListAsync(new ChangeQuery { States = [ChangeState.Open, ChangeState.Noise], ExperimentId = _experiment, CellKeys = [change.CellKey] })).Items.Count);
        Assert.Empty((await Changes.ListAsync(new ChangeQuery { ExperimentId = Guid.CreateVersion7() })).Items);
        Assert.Empty((await Changes.ListAsync(new ChangeQuery { CellKeys = ["other"] })).Items);
    }

    [Fact]
    public async Task DecideAsync_Noise_IsRememberedAndCanBeTakenBack()
    {
        var change = await FoundAsync(-0.1);

        var decided = await Changes.DecideAsync(change.Id, ChangeState.Noise, " the disk was full ");
        Assert.Equal((ChangeState.Noise, "the disk was full", Clock.GetUtcNow()), (decided!.State, decided.Note, decided.DecidedAt!.Value));

        var undone = await Changes.DecideAsync(change.Id, ChangeState.Open, note: null);
        Assert.Equal((ChangeState.Open, "the disk was full"), (undone!.State, undone.Note));
        Assert.Null(await Changes.DecideAsync(Guid.CreateVersion7(), ChangeState.Noise, null));
    }

    [Fact]
    public async Task DecideAsync_WhatNobodyMaySay_IsRefused()
    {
        var change = await FoundAsync(-0.1);

        await Assert.ThrowsAsync<ArgumentException>(() => Changes.DecideAsync(change.Id, ChangeState.Withdrawn, null));
        await Assert.ThrowsAsync<ArgumentException>(() => Changes.DecideAsync(change.Id, ChangeState.Noise, new string('x', ChangeStore.LongestNote + 1)));
    }

    [Fact]
    public async Task StoreAsync_ShiftThatVanished_IsWithdrawnUnlessSomebodyDecided()
    {
        var open = await FoundAsync(-0.1);
        var accepted = await FoundAsync(-0.1);
        await Changes.DecideAsync(accepted.Id, ChangeState.Accepted, "known");

        await Changes.StoreAsync(new SeriesFindings([], [], [open.Id, accepted.Id]));

        Assert.Equal(ChangeState.Withdrawn, (await Changes.FindAsync(open.Id))!.State);
        Assert.Equal(ChangeState.Accepted, (await Changes.FindAsync(accepted.Id))!.State);
    }

    [Fact]
    public async Task StoreAsync_ShiftThatIsConfirmed_HasItsNewFiguresAndIsOpenAgain()
    {
        var change = await FoundAsync(-0.1);
        await Changes.StoreAsync(new SeriesFindings([], [], [change.Id]));
        change.After = 70;

        await Changes.StoreAsync(new SeriesFindings([], [change], []));

        var row = await Changes.FindAsync(change.Id);
        Assert.Equal((ChangeState.Open, 70), (row!.State, row.After));
        Assert.Single(await Changes.OfSeriesAsync(_experiment, change.CellKey, "a machine"));
    }

    [Fact]
    public async Task StoreAsync_SameShiftTwice_IsRefused()
    {
        var change = await FoundAsync(-0.1);
        change.Id = Guid.CreateVersion7();

        await Assert.ThrowsAnyAsync<Exception>(() => Changes.StoreAsync(new SeriesFindings([change], [], [])));

        Assert.Single((await Changes.ListAsync(new ChangeQuery())).Items);
    }

    private async Task<Change> FoundAsync(double shift)
    {
        if (_experiment == Guid.Empty)
            _experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        Clock.Advance(TimeSpan.FromMinutes(1));
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 42, 4, _experiment)).Id;
        await Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Completed, EndedAt = Clock.GetUtcNow(), Machine = Samples.Machine, Plan = Samples.Plan(), Trials = [Samples.Trial(0)] });
        var change = new Change
        {
            Id = Guid.CreateVersion7(Clock.GetUtcNow()),
            ExperimentId = _experiment,
            CellKey = CellKey.Of(Samples.Plan().Cells[0]),
            MachineKey = "a machine",
            Metric = ChangeMetric.Throughput,
            RunId = run,
            At = Clock.GetUtcNow(),
            Before = 100,
            After = 100 * (1 + shift),
            RelativeShift = shift,
            Confidence = 0.999,
            FoundAt = Clock.GetUtcNow(),
        };
        await Changes.StoreAsync(new SeriesFindings([change], [], []));
        return change;
    }
}
