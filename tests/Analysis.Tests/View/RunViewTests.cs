using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.View;

/// <summary>How cells are named and grouped, seen through the texts of a result.</summary>
public sealed class RunViewTests
{
    private static Dictionary<string, ParameterValue> Limit(long limit) => new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(limit) };

    [Fact]
    public void Describe_CellsThatDifferInChunkSize_NamesIt() => Assert.Contains(
        "Python processes with 2 workers (chunk size 64) did the most",
        new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 100),
            new("python3.11", Strategy.Processes, 2, 120) { ChunkSize = 1 },
            new("python3.11", Strategy.Processes, 2, 190) { ChunkSize = 64 }).Build().Advice!.Because,
        StringComparison.Ordinal);

    [Fact]
    public void Describe_SweptParameters_NamesThem() => Assert.Contains(
        "in .NET one after the other (limit = 20), by",
        Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100, 100) { Params = Limit(10) }, new("dotnet", Strategy.Sequential, 1, 100, 200) { Params = Limit(20) }).Findings("noise")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void PerRuntime_SweptParameters_SpeaksOfTheLongestTasks()
    {
        var finding = Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 1_000, 1_000) { TaskMs = 1, Params = Limit(10) }, new("dotnet", Strategy.Threads, 2, 1_500, 1_500) { TaskMs = 1, Params = Limit(10), Cpu = 1.5 },
            new("dotnet", Strategy.Sequential, 1, 100, 100) { Params = Limit(1_000) }, new("dotnet", Strategy.Threads, 2, 190, 190) { Params = Limit(1_000), Cpu = 1.9 }).Findings("threads-scale"));

        Assert.Contains("1.90 times", finding.Text, StringComparison.Ordinal);
    }
}
