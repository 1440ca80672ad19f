using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Plan;

public sealed class SearchSpaceTests
{
    private static readonly ExperimentSpec Open = new() { Name = "a", Workload = new WorkloadSpec { Kernel = "noop" }, Matrix = SearchSpec.OpenMatrix(), Search = new SearchSpec() };

    [Fact]
    public void Fill_NoSearch_ChangesNothing()
    {
        var spec = Open with { Search = null, Matrix = new MatrixSpec() };

        Assert.Same(spec, SearchSpace.Fill(spec, Machine(4)));
    }

    [Fact]
    public void Fill_OpenLists_StandForAllThatMakeSenseHere()
    {
        var matrix = SearchSpace.Fill(Open, Machine(6, "python")).Matrix;

        Assert.Equal(["python"], matrix.Runtime);
        Assert.Equal([Strategy.Sequential, Strategy.Threads, Strategy.Async, Strategy.Pool, Strategy.Processes], matrix.Strategy);
        Assert.Equal([2, 4, 6, 8, 16, 32, 64], matrix.Workers);
        Assert.Equal([1, 64], matrix.ChunkSize);
        Assert.Equal([Channel.Pipe], matrix.Channel);
    }

    [Fact]
    public void Fill_ManyCores_GoesBeyondThem() => Assert.Equal(128, SearchSpace.Fill(Open, Machine(64)).Matrix.Workers[^1]);

    [Fact]
    public void Fill_Payload_TriesSharedMemoryToo() =>
        Assert.Equal([Channel.Pipe, Channel.SharedMemory], SearchSpace.Fill(Open with { Matrix = Open.Matrix with { PayloadBytes = [1_048_576] } }).Matrix.Channel);

    [Fact]
    public void Fill_Code_RunsOnItsOwnLanguageOnly() =>
        Assert.Equal(["dotnet"], SearchSpace.Fill(Open with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "csharp", Source = "x" } } }, Machine(2, "python", "dotnet")).Matrix.Runtime);

    [Fact]
    public void Fill_Twice_ChangesNothing()
    {
        var once = SearchSpace.Fill(Open, Machine(2));

        Assert.Equal(TrialPlanner.Expand(once, 1).Cells.Count, TrialPlanner.Expand(SearchSpace.Fill(once, Machine(16)), 1).Cells.Count);
    }

    [Fact]
    public void Cores_CpuSet_AreThoseOfTheSet() => Assert.Equal(1, SearchSpace.Cores(Open with { Limits = new LimitsSpec { CpuSet = "3" } }, Machine(8)));

    [Fact]
    public void Expand_Search_BeginsWithTheProbeOfEachRuntime()
    {
        var plan = TrialPlanner.Expand(SearchSpace.Fill(Open, Machine(2, "python", "dotnet")), seed: 7);

        Assert.Equal(["dotnet", "python"], plan.Trials.Take(2).Select(trial => plan.Cells[trial.Cell].Runtime).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(plan.Trials.Take(2), trial => Assert.Equal((Strategy.Sequential, 1), (plan.Cells[trial.Cell].Strategy, trial.Repetition)));
        Assert.Equal(plan.Cells.Count * SearchSpace.MostRounds, plan.Trials.Count);
        Assert.DoesNotContain(plan.Notes, note => note.Contains("folded", StringComparison.Ordinal));
    }

    private static Machine Machine(int cores, params string[] languages) =>
        new("host", cores, 8L << 30, "Linux", "cpu", "", 0, [.. languages.Select(language => new RuntimeInfo(language, language, "", "", null, IsDefault: true))]);
}
