using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Tests.Components.Formatting;

public sealed class WordsTests
{
    private static readonly Dictionary<string, ParameterValue> None = new(StringComparer.Ordinal);

    [Fact]
    public void Of_Cell_SaysWhatTellsItFromItsNeighbours() => Assert.Equal(
        "python3.11 · processes × 2 · queue · spawn · chunk 64 · 64 KiB",
        Words.Of(new Cell("python3.11", Strategy.Processes, 2, Channel.Queue, StartMethod.Spawn, 64, 65_536, None)));

    [Fact]
    public void Of_SequentialCell_LeavesOutItsOneWorker() => Assert.Equal("dotnet · sequential", Words.Of(new Cell("dotnet", Strategy.Sequential, 1, null, null, null, 0, None)));

    [Fact]
    public void Of_ImportedCell_BeginsWithWhatTheToolCallsIt() => Assert.Equal(
        "hyperfine · sleep 1 · sequential",
        Words.Of(new Cell("hyperfine", Strategy.Sequential, 1, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { [WorkloadSpec.BenchmarkParameter] = ParameterValue.Of("sleep 1") })));

    [Fact]
    public void Matrix_ManyValues_IsOneLine() => Assert.Equal(
        "python, dotnet × 5 strategies × 1, 2, 4 workers × 2 chunk sizes",
        Words.Matrix(new MatrixSpec { Runtime = ["python", "dotnet"], Workers = [1, 2, 4], ChunkSize = [1, 64] }));

    [Fact]
    public void Workload_Code_NamesTheLanguage() => Assert.Equal("Python code", Words.Workload(new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "" } }));

    [Fact]
    public void Explain_EveryStrategy_SaysSomethingDifferent() =>
        Assert.Equal(Enum.GetValues<Strategy>().Length, Enum.GetValues<Strategy>().Select(Words.Explain).Distinct(StringComparer.Ordinal).Count());
}
