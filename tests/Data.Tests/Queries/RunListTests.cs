using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class RunListOnSqliteTests(SqliteDatabase database) : RunListTests(database);

public sealed class RunListOnPostgresTests(PostgresDatabase database) : RunListTests(database);

public abstract class RunListTests(TestDatabase database) : StoreTests(database)
{
    [Theory]
    [InlineData("100%", "100% sure")]
    [InlineData("a_b", "a_b")]
    [InlineData(@"c\d", @"c\d")]
    [InlineData("SIEV", "Sieve")]
    [InlineData("größe", "GRÖSSE GRÖßE")]
    [InlineData("nightly", "100% sure")]
    [InlineData("  sieve ", "Sieve")]
    public async Task ListAsync_Search_IsLiteralAndWithoutRegardToCase(string search, string expected)
    {
        await NewAsync("100% sure", "Nightly");
        await NewAsync("1000 sure");
        await NewAsync("a_b");
        await NewAsync("axb");
        await NewAsync(@"c\d");
        await NewAsync("cd");
        await NewAsync("Sieve");
        await NewAsync("GRÖSSE GRÖßE");

        var page = await Runs.ListAsync(new RunQuery { Search = search });

        Assert.Equal(expected, Assert.Single(page.Items).Name);
        Assert.Equal(1, page.Total);
    }

    [Fact]
    public async Task ListAsync_SearchForTheWorkload_Finds()
    {
        await NewAsync("x");

        Assert.Equal(1, (await Runs.ListAsync(new RunQuery { Search = "cpu.primes" })).Total);
        Assert.Equal(0, (await Runs.ListAsync(new RunQuery { Search = "cpu-primes" })).Total);
    }

    [Fact]
    public async Task ListAsync_SearchOfADeletedRun_FindsItNoMore()
    {
        var id = await NewAsync("Sieve");
        await Runs.CommitAsync(id, new RunChanges { Status = RunStatus.Failed });

        await Runs.DeleteAsync(id);

        Assert.Equal(0, (await Runs.ListAsync(new RunQuery { Search = "sieve" })).Total);
        await NewAsync("Sieve again");
        Assert.Equal(1, (await Runs.ListAsync(new RunQuery { Search = "sieve" })).Total);
    }

    [Fact]
    public async Task ListAsync_Search_FindsNothingOfAnotherWorkspace()
    {
        await NewAsync("Sieve");
        await using var other = await OtherWorkspaceAsync();

        Assert.Equal(0, (await other.Runs.ListAsync(new RunQuery { Search = "sieve" })).Total);
        Assert.Equal(0, (await other.Runs.ListAsync(new RunQuery { Search = "si" })).Total);
    }

    [Theory]
    [InlineData("si")]
    [InlineData("s")]
    [InlineData("sie")]
    [InlineData("sieve\"")]
    [InlineData("\" OR \"")]
    public async Task ListAsync_SearchForAnyTerm_IsATermAndNoQuery(string search)
    {
        await NewAsync("Sieve\" OR \"x");

        Assert.Single((await Runs.ListAsync(new RunQuery { Search = search })).Items);
    }

    [Fact]
    public async Task ListAsync_SearchWithFiltersOrderAndPlace_GivesThePagesOfTheSameOrder()
    {
        List<Guid> ids = [];
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await NewAsync($"sieve {i % 2}"));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await NewAsync("other");
        var query = new RunQuery { Search = "sieve", Statuses = [RunStatus.Queued], Take = 2 };

        var first = await Runs.ListAsync(query);
        var second = await Runs.ListAsync(query with { After = new RunPlace(first.Items[1].QueuedAt, first.Items[1].Id) });
        var last = await Runs.ListAsync(query with { Skip = 4 });
        var byName = await Runs.ListAsync(query with { Sort = RunSort.Name, Descending = false, Take = 5 });

        Assert.Equal(ids.AsEnumerable().Reverse(), first.Items.Concat(second.Items).Concat(last.Items).Select(run => run.Id));
        Assert.All([first, second, last, byName], page => Assert.Equal(5, page.Total));
        Assert.Equal([ids[0], ids[2], ids[4], ids[1], ids[3]], byName.Items.Select(run => run.Id));
    }

    [Fact]
    public async Task ListAsync_Filters_AreAllApplied()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("one"));
        var failed = (await Runs.CreateAsync(Samples.Spec("one"), 1, 1, experiment.Id)).Id;
        await Runs.CommitAsync(failed, new RunChanges { Status = RunStatus.Failed });
        await Runs.CreateAsync(Samples.Spec("one"), 1, 1, experiment.Id);
        var lost = await NewAsync("two");
        await Runs.CommitAsync(lost, new RunChanges { Status = RunStatus.Lost });

        Assert.Equal(2, (await Runs.ListAsync(new RunQuery { ExperimentId = experiment.Id })).Total);
        Assert.Equal([lost, failed], (await Runs.ListAsync(new RunQuery { Statuses = [RunStatus.Failed, RunStatus.Lost] })).Items.Select(run => run.Id));
        Assert.Equal([failed], (await Runs.ListAsync(new RunQuery { Statuses = [RunStatus.Failed, RunStatus.Lost], ExperimentId = experiment.Id })).Items.Select(run => run.Id));
    }

    [Theory]
    [InlineData(RunSort.Queued, false, "b A C")]
    [InlineData(RunSort.Queued, true, "C A b")]
    [InlineData(RunSort.Name, false, "A b C")]
    [InlineData(RunSort.Name, true, "C b A")]
    [InlineData(RunSort.Status, false, "C A b")]
    [InlineData(RunSort.Status, true, "b A C")]
    [InlineData(RunSort.Duration, false, "b C A")]
    [InlineData(RunSort.Duration, true, "A C b")]
    public async Task ListAsync_Sort_IsAlikeOnBothDatabases(RunSort sort, bool descending, string expected)
    {
        await NewAsync("b");
        var start = Clock.GetUtcNow();
        await Runs.CommitAsync(await NewAsync("A"), new RunChanges { Status = RunStatus.Failed, StartedAt = start, EndedAt = start.AddSeconds(9) });
        var c = await NewAsync("C");
        await Runs.CommitAsync(c, new RunChanges { StartedAt = start });
        await Runs.CommitAsync(c, new RunChanges { Status = RunStatus.Completed, EndedAt = start.AddSeconds(5) });

        var page = await Runs.ListAsync(new RunQuery { Sort = sort, Descending = descending });

        Assert.Equal(expected, string.Join(' ', page.Items.Select(run => run.Name)));
    }

    [Fact]
    public async Task ListAsync_Pages_HoldEachRunOnce()
    {
        for (var i = 0; i < 7; i++)
            await NewAsync("same");

        var pages = new List<Page<RunRow>>();
        for (var skip = 0; skip < 9; skip += 3)
            pages.Add(await Runs.ListAsync(new RunQuery { Sort = RunSort.Name, Skip = skip, Take = 3 }));

        Assert.Equal([3, 3, 1], pages.Select(page => page.Items.Count));
        Assert.All(pages, page => Assert.Equal(7, page.Total));
        Assert.Equal(7, pages.SelectMany(page => page.Items).Select(run => run.Id).Distinct().Count());
        Assert.Empty((await Runs.ListAsync(new RunQuery { Skip = 9 })).Items);
    }

    [Fact]
    public async Task ListAsync_GoingOnBehindARun_ReachesAllOfThem()
    {
        for (var i = 0; i < 7; i++)
            await NewAsync("same");

        foreach (var descending in new[] { true, false })
        {
            List<RunRow> seen = [];
            for (RunPlace? after = null; ;)
            {
                var page = await Runs.ListAsync(new RunQuery { Descending = descending, After = after, Take = 3 });
                seen.AddRange(page.Items);
                Assert.Equal(7, page.Total);
                if (page.Items.Count < 3)
                    break;
                after = new RunPlace(page.Items[^1].QueuedAt, page.Items[^1].Id);
            }

            Assert.Equal((await Runs.ListAsync(new RunQuery { Descending = descending })).Items.Select(run => run.Id), seen.Select(run => run.Id));
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Runs.ListAsync(new RunQuery { Sort = RunSort.Name, After = new RunPlace(Clock.GetUtcNow(), Guid.Empty) }));
    }

    [Fact]
    public async Task ListAsync_SeveralStatuses_AreInTheOrderOfTimeOverPages()
    {
        List<Guid> ids = [];
        foreach (var status in new[] { RunStatus.Failed, RunStatus.Completed, RunStatus.Lost, RunStatus.Failed, RunStatus.Lost })
        {
            ids.Insert(0, await NewAsync("x"));
            await Runs.CommitAsync(ids[0], new RunChanges { Status = status });
        }

        ids.RemoveAt(3);
        var query = new RunQuery { Statuses = [RunStatus.Failed, RunStatus.Lost], Take = 3 };

        Assert.Equal(ids[..3], (await Runs.ListAsync(query)).Items.Select(run => run.Id));
        Assert.Equal(ids[3..], (await Runs.ListAsync(query with { Skip = 3 })).Items.Select(run => run.Id));
        Assert.Equal(4, (await Runs.ListAsync(query)).Total);
    }

    [Fact]
    public async Task ListAsync_Source_TellsMeasuredFromImported()
    {
        var measured = await NewAsync("x");
        var imported = (await Runs.ImportAsync([new ImportedRun(Samples.Spec("x"), "k6", null, Samples.Plan(1), [Samples.Trial(0)], Clock.GetUtcNow(), Clock.GetUtcNow(), null)]))[0].Id;

        Assert.Equal([measured], (await Runs.ListAsync(new RunQuery { IsImported = false })).Items.Select(run => run.Id));
        Assert.Equal([imported], (await Runs.ListAsync(new RunQuery { IsImported = true })).Items.Select(run => run.Id));
    }

    [Theory]
    [InlineData(-1, 25)]
    [InlineData(10_001, 25)]
    [InlineData(0, 0)]
    [InlineData(0, 201)]
    public async Task ListAsync_PageOutOfRange_SaysSo(int skip, int take)
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Runs.ListAsync(new RunQuery { Skip = skip, Take = take }));

        Assert.Contains("1 to 200", error.Message, StringComparison.Ordinal);
    }

    private async Task<Guid> NewAsync(string name, params string[] tags)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return (await Runs.CreateAsync(Samples.Spec(name, tags), 1, 1, null)).Id;
    }
}
