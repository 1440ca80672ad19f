using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class ImportStoreOnSqliteTests(SqliteDatabase database) : ImportStoreTests(database);

public sealed class ImportStoreOnPostgresTests(PostgresDatabase database) : ImportStoreTests(database);

public abstract class ImportStoreTests(TestDatabase database) : StoreTests(database)
{
    private static readonly DateTimeOffset Measured = new(2025, 5, 6, 7, 8, 9, TimeSpan.Zero);

    [Fact]
    public async Task ImportAsync_New_IsAnEndedRunOfAnExperimentOfItsName()
    {
        var run = await Workspace.Imports.ImportAsync(Import("Sorting"));

        Assert.Equal((RunStatus.Completed, "hyperfine", "imported from hyperfine"), (run.Status, run.Source, run.Workload));
        Assert.Equal((2, 2, 0), (run.TrialCount, run.TrialsEnded, run.TrialsFailed));
        Assert.Equal((Measured, Measured.AddSeconds(2)), (run.StartedAt, run.EndedAt));
        var experiment = Assert.Single(await Experiments.ListAsync());
        Assert.Equal((run.ExperimentId, "Sorting", "hyperfine"), (experiment.Id, experiment.Name, experiment.Spec.Workload.Imported));
        var detail = await Runs.FindAsync(run.Id);
        Assert.Equal(Samples.Json(Import("Sorting").Plan), Samples.Json(detail!.Plan));
        Assert.Equal([100.0, 101], (await Runs.TrialsAsync(run.Id)).Select(trial => trial.ThroughputPerSecond));
    }

    [Fact]
    public async Task ImportAsync_SameBenchmarksAgain_AreTheNextRunOfTheSameExperiment()
    {
        var first = await Workspace.Imports.ImportAsync(Import("Sorting"));
        var second = await Workspace.Imports.ImportAsync(Import("SORTING") with { StartedAt = Measured.AddDays(1), EndedAt = Measured.AddDays(1) });

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.ExperimentId, second.ExperimentId);
        Assert.Equal(2, Assert.Single(await Experiments.ListAsync()).RunCount);
    }

    [Fact]
    public async Task ImportAsync_SameFileAgain_IsRefusedWithTheRunThatItBecame()
    {
        var first = await Workspace.Imports.ImportAsync(Import("Sorting") with { ContentHash = "ab" });

        var refusal = await Assert.ThrowsAsync<AlreadyImportedException>(() => Workspace.Imports.ImportAsync(Import("Sorting") with { ContentHash = "ab" }));

        Assert.Equal(first.Id, refusal.Earlier.Id);
        Assert.Equal(1, (await Runs.ListAsync(new RunQuery())).Total);
    }

    [Fact]
    public async Task ImportAsync_SameFileElsewhereOrOnPurpose_IsARun()
    {
        await Workspace.Imports.ImportAsync(Import("Sorting") with { ContentHash = "ab" });

        await Workspace.Imports.ImportAsync(Import("Searching") with { ContentHash = "ab" });
        await Workspace.Imports.ImportAsync(Import("Sorting") with { ContentHash = "cd" });
        await Workspace.Imports.ImportAsync(Import("Sorting"));
        await using var other = await OtherWorkspaceAsync();
        await other.Imports.ImportAsync(Import("Sorting") with { ContentHash = "ab" });

        Assert.Equal(4, (await Runs.ListAsync(new RunQuery())).Total);
    }

    [Fact]
    public async Task ImportAsync_SameFileTwiceAtOnce_IsOneRun()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await Workspace.Imports.ImportAsync(Import("Sorting") with { ContentHash = "ab" });
            }
            catch (AlreadyImportedException)
            {
                return null;
            }
        })));

        Assert.Single(tries.OfType<RunRow>());
        Assert.Equal(1, (await Runs.ListAsync(new RunQuery())).Total);
    }

    [Fact]
    public async Task ImportAsync_ChangedSpec_IsANewVersion()
    {
        var first = await Workspace.Imports.ImportAsync(Import("Sorting"));
        var again = await Workspace.Imports.ImportAsync(Import("Sorting"));
        var other = Import("Sorting");
        var changed = await Workspace.Imports.ImportAsync(other with { Spec = other.Spec with { Matrix = new MatrixSpec { Workers = [4] } } });

        Assert.Equal([1, 1, 2], new[] { first, again, changed }.Select(run => run.ExperimentVersion));
    }

    [Fact]
    public async Task ImportAsync_NameOfAnExperimentThatIsMeasuredHere_StoresNothing()
    {
        await Experiments.CreateAsync(Samples.Spec("Sorting"));

        var error = await Assert.ThrowsAsync<ImportNameException>(() => Workspace.Imports.ImportAsync(Import("Sorting")));

        Assert.Contains("Brigade measures itself", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await Runs.ListAsync(new RunQuery())).Total);
    }

    [Fact]
    public async Task ImportAsync_TrialThatFitsNoCell_StoresNothing()
    {
        var import = Import("Sorting");

        await Assert.ThrowsAsync<ArgumentException>(() => Workspace.Imports.ImportAsync(import with { Trials = [.. import.Trials, import.Trials[0] with { Index = 2, Cell = 9 }] }));

        Assert.Equal(0, (await Runs.ListAsync(new RunQuery())).Total);
        Assert.Empty(await Experiments.ListAsync());
    }

    private static ImportedRun Import(string name)
    {
        var cell = new Cell("hyperfine", Strategy.Sequential, 1, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { [WorkloadSpec.BenchmarkParameter] = ParameterValue.Of("sort <b>") });
        TrialResult Trial(int index) => new() { Index = index, Cell = 0, Repetition = index + 1, Status = TrialStatus.Completed, Runtime = "hyperfine", Tasks = 1, WallMs = 10, ThroughputPerSecond = 100 + index };
        return new ImportedRun(
            new ExperimentSpec { Name = name, Workload = new WorkloadSpec { Imported = "hyperfine" }, Tags = ["imported"] },
            "hyperfine",
            new Machine("", 0, 0, "", "", "", 0, []),
            new TrialPlan([cell], [new PlannedTrial(0, 0, 1), new PlannedTrial(1, 0, 2)], 0, ["a note"]),
            [Trial(0), Trial(1)],
            Measured,
            Measured.AddSeconds(2),
            ExperimentId: null);
    }
}
