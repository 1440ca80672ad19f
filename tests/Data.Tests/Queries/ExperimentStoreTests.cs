using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class ExperimentStoreOnSqliteTests(SqliteDatabase database) : ExperimentStoreTests(database);

public sealed class ExperimentStoreOnPostgresTests(PostgresDatabase database) : ExperimentStoreTests(database);

public abstract class ExperimentStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task CreateAsync_Spec_ReadsBackUnchanged()
    {
        var created = await Experiments.CreateAsync(Samples.Spec("Primes", "demo"));

        var found = await Experiments.FindAsync(created.Id);

        Assert.Equal(7, created.Id.Version);
        Assert.Equal(Samples.Json(created), Samples.Json(found));
        Assert.Equal(Samples.Json(Samples.Spec("Primes", "demo")), Samples.Json(created.Spec));
        Assert.Equal(("Primes", 1, 0, Clock.GetUtcNow(), Clock.GetUtcNow()), (created.Name, created.Version, created.RunCount, created.CreatedAt, created.UpdatedAt));
        Assert.Null(created.LastRunAt);
    }

    [Theory]
    [InlineData("Primes")]
    [InlineData("PRIMES")]
    public async Task CreateAsync_NameThatExists_SaysSo(string name)
    {
        await Experiments.CreateAsync(Samples.Spec("Primes"));

        var error = await Assert.ThrowsAsync<DuplicateNameException>(() => Experiments.CreateAsync(Samples.Spec(name)));

        Assert.Equal(name, error.Name);
        Assert.Contains($"\"{name}\"", error.Message, StringComparison.Ordinal);
        Assert.Single(await Experiments.ListAsync());
    }

    [Fact]
    public async Task CreateAsync_SameNameAtOnce_OnlyOneSucceeds()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            try
            {
                await Experiments.CreateAsync(Samples.Spec("Primes"));
                return true;
            }
            catch (DuplicateNameException)
            {
                return false;
            }
        })));

        Assert.Single(outcomes, succeeded => succeeded);
    }

    [Fact]
    public async Task FindAsync_Unknown_GivesNull() => Assert.Null(await Experiments.FindAsync(Guid.CreateVersion7()));

    [Fact]
    public async Task ListAsync_Several_AreInOrderOfNameWhateverTheCase()
    {
        foreach (var name in new[] { "beta", "Gamma", "alpha", "Beta 2", "_x" })
            await Experiments.CreateAsync(Samples.Spec(name));

        Assert.Equal(["_x", "alpha", "beta", "Beta 2", "Gamma"], (await Experiments.ListAsync()).Select(experiment => experiment.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task ListAsync_WithRuns_CountsThemAndKnowsTheLast()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("Primes"));
        await Runs.CreateAsync(Samples.Spec("Primes"), 1, 1, experiment.Id);
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Runs.CreateAsync(Samples.Spec("Primes"), 1, 1, experiment.Id);
        await Runs.CreateAsync(Samples.Spec("Primes"), 1, 1, null);

        var row = Assert.Single(await Experiments.ListAsync());

        Assert.Equal((2, Clock.GetUtcNow()), (row.RunCount, row.LastRunAt!.Value));
    }

    [Fact]
    public async Task UpdateAsync_ExpectedVersion_StoresANewVersionAndKeepsTheOld()
    {
        var created = await Experiments.CreateAsync(Samples.Spec("Primes"));
        Clock.Advance(TimeSpan.FromMinutes(1));

        var updated = await Experiments.UpdateAsync(created.Id, Samples.Spec("Primes by strategy", "new"), expectedVersion: 1);

        Assert.NotNull(updated);
        Assert.Equal(("Primes by strategy", 2, created.CreatedAt, Clock.GetUtcNow()), (updated.Name, updated.Version, updated.CreatedAt, updated.UpdatedAt));
        Assert.Equal(Samples.Json(updated), Samples.Json(await Experiments.FindAsync(created.Id)));
        Assert.Equal([Samples.Json(created.Spec), Samples.Json(updated.Spec)], await SpecsAsync(created.Id), StringComparer.Ordinal);
    }

    [Fact]
    public async Task UpdateAsync_OlderVersion_ChangesNothing()
    {
        var created = await Experiments.CreateAsync(Samples.Spec("Primes"));
        await Experiments.UpdateAsync(created.Id, Samples.Spec("Second"), expectedVersion: 1);

        Assert.Null(await Experiments.UpdateAsync(created.Id, Samples.Spec("Third"), expectedVersion: 1));

        Assert.Equal("Second", (await Experiments.FindAsync(created.Id))!.Name);
    }

    [Fact]
    public async Task UpdateAsync_TwoAtOnce_OnlyOneWins()
    {
        var created = await Experiments.CreateAsync(Samples.Spec("Primes"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Experiments.UpdateAsync(created.Id, Samples.Spec($"Name {i}"), expectedVersion: 1))));

        Assert.Single(outcomes, outcome => outcome is not null);
        Assert.Equal(2, (await SpecsAsync(created.Id)).Count);
    }

    [Fact]
    public async Task UpdateAsync_Unknown_GivesNull() => Assert.Null(await Experiments.UpdateAsync(Guid.CreateVersion7(), Samples.Spec("Primes"), expectedVersion: 1));

    [Fact]
    public async Task UpdateAsync_NameOfAnother_SaysSoAndChangesNothing()
    {
        await Experiments.CreateAsync(Samples.Spec("First"));
        var second = await Experiments.CreateAsync(Samples.Spec("Second"));

        await Assert.ThrowsAsync<DuplicateNameException>(() => Experiments.UpdateAsync(second.Id, Samples.Spec("first"), expectedVersion: 1));

        Assert.Equal(1, (await Experiments.FindAsync(second.Id))!.Version);
    }

    [Fact]
    public async Task DeleteAsync_WithRuns_KeepsTheRuns()
    {
        var experiment = await Experiments.CreateAsync(Samples.Spec("Primes"));
        var run = await Runs.CreateAsync(Samples.Spec("Primes"), 1, 4, experiment.Id);
        await Runs.CommitAsync(run.Id, new RunChanges { Plan = Samples.Plan(), Trials = [Samples.Trial(0)] });

        Assert.True(await Experiments.DeleteAsync(experiment.Id));

        Assert.Null(await Experiments.FindAsync(experiment.Id));
        Assert.Empty(await SpecsAsync(experiment.Id));
        var kept = (await Runs.FindAsync(run.Id))!.Row;
        Assert.Null(kept.ExperimentId);
        Assert.Single(await Runs.TrialsAsync(run.Id));
        Assert.False(await Experiments.DeleteAsync(experiment.Id));
        await Experiments.CreateAsync(Samples.Spec("Primes"));
    }

    [Fact]
    public async Task ListAsync_Pages_AreInOrderAndKnowTheTotal()
    {
        foreach (var name in new[] { "gamma", "Alpha", "beta", "Delta" })
            await Experiments.CreateAsync(Samples.Spec(name));

        var page = await Experiments.ListAsync(skip: 1, take: 2);

        Assert.Equal(["beta", "Delta"], page.Items.Select(experiment => experiment.Name), StringComparer.Ordinal);
        Assert.Equal(4, page.Total);
        Assert.Empty((await Experiments.ListAsync(skip: 4, take: 2)).Items);
    }

    /// <summary>All versions' specs, oldest first.</summary>
    private async Task<List<string>> SpecsAsync(Guid id)
    {
        await using var db = Workspace.Context();
        return await db.ExperimentVersions.Where(version => version.ExperimentId == id).OrderBy(version => version.Version).Select(version => version.Spec).ToListAsync();
    }
}
