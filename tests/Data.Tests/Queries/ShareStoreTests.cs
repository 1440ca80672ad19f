using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class ShareStoreOnSqliteTests(SqliteDatabase database) : ShareStoreTests(database);

public sealed class ShareStoreOnPostgresTests(PostgresDatabase database) : ShareStoreTests(database);

public abstract class ShareStoreTests(TestDatabase database) : StoreTests(database)
{
    private ShareStore Shares => Workspace.Shares;

    private ShareDirectory Visitors => Workspace.ShareDirectory;

    [Fact]
    public async Task CreateAsync_Run_IsFoundByItsHashFromOutsideAnyWorkspace()
    {
        var run = await NewRunAsync();
        var hash = Hash();
        var made = await Shares.CreateAsync(new NewShare(ShareTarget.OfRun(run), true, "for Eve", Clock.GetUtcNow().AddDays(1)), hash, "secret");

        Workspace.Me.WorkspaceId = Guid.Empty;
        var found = await Visitors.FindAsync(hash);

        Assert.Equal((made!.Id, Workspace.Id, run, true, "secret", "Ada"), (found!.Id, found.WorkspaceId, found.Target.RunId!.Value, found.WithSpec, found.PasswordHash, found.CreatedBy));
        Assert.Null(await Visitors.FindAsync(Hash()));
    }

    [Fact]
    public async Task FindAsync_RevokedOrExpired_FindsNothing()
    {
        var run = await NewRunAsync();
        var (ends, revoked) = (Hash(), Hash());
        await Shares.CreateAsync(new NewShare(ShareTarget.OfRun(run), false, "", Clock.GetUtcNow().AddDays(1)), ends, null);
        var other = await Shares.CreateAsync(new NewShare(ShareTarget.OfRun(run), false, "", null), revoked, null);

        Assert.True(await Shares.RevokeAsync(other!.Id));
        Assert.False(await Shares.RevokeAsync(other.Id));
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(await Visitors.FindAsync(ends));
        Assert.Null(await Visitors.FindAsync(revoked));
        Assert.Single(await Shares.ListAsync());
        Assert.Equal(["share.created", "share.created", "share.revoked"], (await Workspace.Audit.ListAsync(new AuditQuery { Action = "share" })).Items.Select(row => row.Action).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task ListAsync_About_GivesThoseOfOneThing()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var (first, second) = (await NewRunAsync(experiment), await NewRunAsync(experiment));
        ShareTarget[] targets = [ShareTarget.OfRun(first), ShareTarget.OfLatest(experiment), ShareTarget.OfComparison([first, second], []), ShareTarget.OfComparison([first, second], [0])];
        foreach (var target in targets)
            await Shares.CreateAsync(new NewShare(target, false, "", null), Hash(), null);

        foreach (var target in targets)
        {
            var row = Assert.Single(await Shares.ListAsync(target));
            Assert.Equal((target.Kind, target.RunId, target.ExperimentId), (row.Kind, row.RunId, row.ExperimentId));
            Assert.Equal(target.Runs, row.Runs);
            Assert.Equal(target.Cells, row.Cells);
        }

        Assert.Equal(4, (await Shares.ListAsync()).Count);
    }

    [Fact]
    public async Task CreateAsync_WhatIsNotThere_IsNull()
    {
        var run = await NewRunAsync();
        foreach (var target in new[] { ShareTarget.OfRun(Guid.NewGuid()), ShareTarget.OfLatest(Guid.NewGuid()), ShareTarget.OfComparison([run, Guid.NewGuid()], []) })
            Assert.Null(await Shares.CreateAsync(new NewShare(target, false, "", null), Hash(), null));
    }

    [Fact]
    public async Task RunsAsync_Latest_IsTheLastThatCompleted()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        Assert.Empty(await Shares.RunsAsync(ShareTarget.OfLatest(experiment)));
        var first = await NewRunAsync(experiment, completed: true);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await NewRunAsync(experiment, completed: true);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await NewRunAsync(experiment);

        Assert.Equal(second, Assert.Single(await Shares.RunsAsync(ShareTarget.OfLatest(experiment))).Id);
        Assert.Equal([second, first], (await Shares.RunsAsync(ShareTarget.OfComparison([second, first], []))).Select(run => run.Id));
        Assert.Empty(await Shares.RunsAsync(ShareTarget.OfComparison([second, Guid.NewGuid()], [])));
    }

    [Fact]
    public async Task SeenAsync_Often_IsKeptToTheMinute()
    {
        var made = await Shares.CreateAsync(new NewShare(ShareTarget.OfRun(await NewRunAsync()), false, "", null), Hash(), null);
        var first = Clock.GetUtcNow();

        await Visitors.SeenAsync(made!.Id);
        Clock.Advance(TimeSpan.FromSeconds(30));
        await Visitors.SeenAsync(made.Id);
        Assert.Equal(first, Assert.Single(await Shares.ListAsync()).LastSeenAt);

        Clock.Advance(TimeSpan.FromSeconds(31));
        await Visitors.SeenAsync(made.Id);
        Assert.Equal(Clock.GetUtcNow(), Assert.Single(await Shares.ListAsync()).LastSeenAt);
    }

    [Fact]
    public async Task TryAttemptAsync_ManyAtOnce_AllowsFiveUntilTheWindowIsOver()
    {
        var made = await Shares.CreateAsync(new NewShare(ShareTarget.OfRun(await NewRunAsync()), false, "", null), Hash(), "secret");

        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Visitors.TryAttemptAsync(made!.Id))));
        Assert.Equal(ShareDirectory.MostAttempts, tries.Count(isAllowed => isAllowed));

        Clock.Advance(ShareDirectory.AttemptWindow);
        Assert.True(await Visitors.TryAttemptAsync(made!.Id));
        await Visitors.ForgetAttemptsAsync(made.Id);
        for (var attempt = 0; attempt < ShareDirectory.MostAttempts; attempt++)
            Assert.True(await Visitors.TryAttemptAsync(made.Id));
        Assert.False(await Visitors.TryAttemptAsync(made.Id));
    }

    [Fact]
    public async Task DeleteRun_Shared_TakesItsLinksAlong()
    {
        var run = await NewRunAsync(completed: true);
        var hash = Hash();
        await Shares.CreateAsync(new NewShare(ShareTarget.OfRun(run), false, "", null), hash, null);

        Assert.True(await Runs.DeleteAsync(run));

        Assert.Null(await Visitors.FindAsync(hash));
    }

    [Fact]
    public async Task ListAsync_AnotherWorkspace_SeesNone()
    {
        var made = await Shares.CreateAsync(new NewShare(ShareTarget.OfRun(await NewRunAsync()), false, "", null), Hash(), null);
        await using var other = await OtherWorkspaceAsync();

        Assert.Empty(await other.Shares.ListAsync());
        Assert.False(await other.Shares.RevokeAsync(made!.Id));
    }

    private static string Hash() => Guid.NewGuid().ToString("n");

    private async Task<Guid> NewRunAsync(Guid? experiment = null, bool completed = false)
    {
        var run = (await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment)).Id;
        if (completed)
            await Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Completed, EndedAt = Clock.GetUtcNow() });
        return run;
    }
}
