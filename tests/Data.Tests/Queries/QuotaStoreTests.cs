using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class QuotaStoreOnSqliteTests(SqliteDatabase database) : QuotaStoreTests(database);

public sealed class QuotaStoreOnPostgresTests(PostgresDatabase database) : QuotaStoreTests(database);

public abstract class QuotaStoreTests(TestDatabase database) : StoreTests(database)
{
    private QuotaStore Quotas => Workspace.Quotas;

    [Fact]
    public async Task RulesAsync_NothingChosen_IsNoLimitAndChangesAreNoted()
    {
        Assert.Equal(QuotaRules.None, await Quotas.RulesAsync());
        await Retention.ChangeRulesAsync(new RetentionRules(30, null));
        var rules = new QuotaRules(2, 60, 1 << 30, 600);

        await Quotas.ChangeRulesAsync(rules);

        Assert.Equal(rules, await Quotas.RulesAsync());
        Assert.Equal(new RetentionRules(30, null), await Retention.RulesAsync());
        Assert.Contains("runs at a time 2", (await Workspace.Audit.ListAsync(new AuditQuery { Action = "settings" })).Items.Single(entry => entry.Subject == "quotas").Detail, StringComparison.Ordinal);

        Workspace.Me.Role = WorkspaceRole.Editor;
        await Assert.ThrowsAsync<NotAllowedException>(() => Quotas.ChangeRulesAsync(QuotaRules.None));
    }

    [Fact]
    public async Task ChangeRulesAsync_OutOfBounds_IsRefused()
    {
        foreach (var rules in new[] { new QuotaRules(0, null, null, null), new QuotaRules(null, 0, null, null), new QuotaRules(null, null, 1, null), new QuotaRules(null, null, null, -5) })
            await Assert.ThrowsAsync<ArgumentException>(() => Quotas.ChangeRulesAsync(rules));
    }

    [Fact]
    public async Task CreateRun_AsManyOpenAsMayBe_IsRefusedUntilOneEnds()
    {
        await Quotas.ChangeRulesAsync(new QuotaRules(1, null, null, null));
        var first = await QueueAsync();

        var refusal = await Assert.ThrowsAsync<QuotaExceededException>(QueueAsync);

        Assert.Equal(("runsAtATime", 1, 1), (refusal.Quota, refusal.Limit, refusal.Used));
        Assert.NotNull(refusal.RetryAfter);
        await EndAsync(first, TimeSpan.FromMinutes(1));
        await QueueAsync();
    }

    [Fact]
    public async Task CreateRun_ManyAtOnce_NeverExceed()
    {
        await Quotas.ChangeRulesAsync(new QuotaRules(2, null, null, null));

        var queued = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                await QueueAsync();
                return 1;
            }
            catch (QuotaExceededException)
            {
                return 0;
            }
        }));

        Assert.Equal(2, queued.Sum());
        Assert.Equal(2, (await Quotas.UseAsync()).OpenRuns);
    }

    [Fact]
    public async Task CreateRun_MinutesUsedUp_IsRefusedUntilTheMonthEndsThoughRunsAreDeleted()
    {
        await Quotas.ChangeRulesAsync(new QuotaRules(null, 10, null, null));
        var first = await QueueAsync();
        await EndAsync(first, TimeSpan.FromMinutes(6));
        await EndAsync(await QueueAsync(), TimeSpan.FromMinutes(5));
        await Runs.DeleteAsync(first);

        var refusal = await Assert.ThrowsAsync<QuotaExceededException>(QueueAsync);

        Assert.Equal(("runMinutesAMonth", 10, 11), (refusal.Quota, refusal.Limit, Math.Round(refusal.Used, 3)));
        Assert.Equal(11, (await Quotas.UseAsync()).RunMinutes, 0.001);
        Clock.Advance((await Quotas.UseAsync()).MonthEnds - Clock.GetUtcNow());
        await QueueAsync();
    }

    [Fact]
    public async Task UseAsync_RunningRun_CountsWhatItHasTakenSoFar()
    {
        var run = await QueueAsync();
        await Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Running, StartedAt = Clock.GetUtcNow() });
        Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(3, (await Quotas.UseAsync()).RunMinutes, 0.001);
    }

    [Fact]
    public async Task Commit_EndOfARunTwice_IsCountedOnce()
    {
        var run = await QueueAsync();
        await EndAsync(run, TimeSpan.FromMinutes(4));
        await EndAsync(run, TimeSpan.FromMinutes(4));

        Assert.Equal(4, (await Quotas.UseAsync()).RunMinutes, 0.001);
    }

    [Fact]
    public async Task CreateRun_AsMuchStoredAsMayBe_IsRefusedUntilSomethingIsDeleted()
    {
        var run = await QueueAsync();
        await Runs.CommitAsync(run, new RunChanges
        {
            Status = RunStatus.Completed, StartedAt = Clock.GetUtcNow(), EndedAt = Clock.GetUtcNow(), Plan = Samples.Plan(), Trials = [Samples.Trial(0) with { Histogram = new byte[2 << 20] }],
        });
        Assert.True((await Quotas.UseAsync()).StoredBytes > 2 << 20);
        await Quotas.ChangeRulesAsync(new QuotaRules(null, null, 2 << 20, null));

        var refusal = await Assert.ThrowsAsync<QuotaExceededException>(QueueAsync);

        Assert.Equal("storedBytes", refusal.Quota);
        Assert.Null(refusal.RetryAfter);
        await Runs.DeleteAsync(run);
        Clock.Advance(TimeSpan.FromSeconds(6));
        await QueueAsync();
    }

    [Fact]
    public async Task UseAsync_AnotherWorkspace_CountsNothingOfThis()
    {
        await EndAsync(await QueueAsync(), TimeSpan.FromMinutes(4));
        await using var other = await OtherWorkspaceAsync();

        var use = await other.Quotas.UseAsync();

        Assert.Equal((0, 0d, 0L), (use.OpenRuns, use.RunMinutes, use.StoredBytes));
    }

    private async Task<Guid> QueueAsync() => (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;

    private Task<bool> EndAsync(Guid run, TimeSpan duration) => Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Completed, StartedAt = Clock.GetUtcNow(), EndedAt = Clock.GetUtcNow() + duration });
}
