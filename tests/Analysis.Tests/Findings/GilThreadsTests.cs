using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class GilThreadsTests
{
    [Fact]
    public void Find_PythonThreadsForPrimes_SaysThatTheGilLetsOneRun()
    {
        var finding = Assert.Single(Runs.PythonPrimes().Findings("gil-threads"));

        Assert.Equal("Python's threads do not scale here: 2 threads did 1.02 times the work of one, because the GIL lets one thread run Python code at a time (they used 1.01 of 2 processors).", finding.Text);
        Assert.Equal(2, finding.Evidence["cells"]!.AsArray().Count);
        Assert.Equal(1.02, finding.Evidence["cells"]![0]!["speedup"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("dotnet", 1.02, 1.01)] // no GIL
    [InlineData("python3.13t", 1.02, 1.01)] // without its GIL
    [InlineData("python3.11", 1.6, 1.01)] // scales
    [InlineData("python3.11", 1.1, 1.9)] // used both processors: something else is in the way
    public void Find_NotTheGil_Nothing(string runtime, double speedup, double cpu) =>
        Assert.Empty(new RunBuilder().Add(new(runtime, Strategy.Sequential, 1, 100), new(runtime, Strategy.Threads, 2, 100 * speedup) { Cpu = cpu }).Findings("gil-threads"));

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 20) { Cpu = 0.01, TaskMs = 50 }, new("python3.11", Strategy.Threads, 2, 21) { Cpu = 0.01, TaskMs = 50 }).Findings("gil-threads"));

    [Fact]
    public void Find_OneProcessor_Nothing() => Assert.Empty(Runs.PythonPrimes(cores: 1).Findings("gil-threads"));

    [Fact]
    public void Find_TwoPythons_NamesTheVersion()
    {
        var finding = Assert.Single(Runs.PythonPrimes().Add(new Measured("python3.13t", Strategy.Sequential, 1, 90)).Findings("gil-threads"));

        Assert.StartsWith("Python 3.11's threads do not scale", finding.Text, StringComparison.Ordinal);
    }
}
