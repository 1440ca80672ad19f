using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class RuntimesDifferTests
{
    [Fact]
    public void Find_DotNetFaster_RatioForEachSharedStrategy()
    {
        var finding = Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 4_000, 4_100), new("dotnet", Strategy.Threads, 2, 8_000), new("dotnet", Strategy.Pool, 2, 8_000),
            new("python3.11", Strategy.Sequential, 1, 100, 102), new("python3.11", Strategy.Threads, 2, 100)).Findings("runtimes-differ"));

        Assert.Equal("One after the other, .NET did 40.1 times the work of Python in the same time (4,050 against 101 tasks a second).", finding.Text);
        Assert.Equal([40.099, 80], finding.Evidence["ratios"]!.AsArray().Select(ratio => ratio!["ratio"]!.GetValue<double>()));
    }

    [Fact]
    public void Find_OverlappingIntervals_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100, 130), new("python3.11", Strategy.Sequential, 1, 98, 101)).Findings("runtimes-differ"));

    [Theory]
    [InlineData(290, 0)]
    [InlineData(310, 1)] // no noise explains that
    public void Find_OneRepetition_OnlyAFactorBeyondNoise(double throughput, int findings) => Assert.Equal(findings, new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, throughput), new("python3.11", Strategy.Sequential, 1, 100, 100)).Findings("runtimes-differ").Count);

    [Fact]
    public void Find_OneRuntimeOrNoSharedStrategy_Nothing()
    {
        Assert.Empty(Runs.PythonPrimes().Findings("runtimes-differ"));
        Assert.Empty(new RunBuilder().Add(new("dotnet", Strategy.Threads, 2, 900), new("python3.11", Strategy.Sequential, 1, 98)).Findings("runtimes-differ"));
    }
}
