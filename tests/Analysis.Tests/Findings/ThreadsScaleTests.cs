using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class ThreadsScaleTests
{
    [Fact]
    public void Find_DotNetThreads_SaysThatNoLockIsInTheWay() => Assert.Equal(
        ".NET's threads scale here: 2 threads did 1.92 times the work of one, because no lock keeps them from running at the same time (they used 1.98 of 2 processors).",
        Assert.Single(Runs.DotNetPrimes().Findings("threads-scale")).Text);

    [Fact]
    public void Find_NodeThreads_SaysThatEachHasAnEngine() => Assert.Contains(
        "Node.js's threads scale here: 2 threads did 1.90 times the work of one, because each worker thread has a JavaScript engine and memory of its own",
        Assert.Single(new RunBuilder().Add(new("node20", Strategy.Sequential, 1, 100, 100), new("node20", Strategy.Threads, 2, 190, 190) { Cpu = 1.95 }).Findings("threads-scale")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("python3.11", "lets go of it", true)]
    [InlineData("python3.13t", "runs without a GIL", false)]
    public void Find_PythonThreadsThatScale_SaysWhy(string runtime, string reason, bool gil)
    {
        var finding = Assert.Single(new RunBuilder().Add(new(runtime, Strategy.Sequential, 1, 100, 100), new(runtime, Strategy.Threads, 2, 190, 190) { Cpu = 1.95 }).Findings("threads-scale"));

        Assert.Contains(reason, finding.Text, StringComparison.Ordinal);
        Assert.Equal(gil, finding.Evidence["gil"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("python3.11", 0.98)] // the cell that it is compared with was slowed down
    [InlineData("python3.11", 1.2)]
    [InlineData("dotnet", 0.98)]
    public void Find_MoreWorkOnOneProcessor_Nothing(string runtime, double cpu) => Assert.Empty(
        new RunBuilder().Add(new(runtime, Strategy.Sequential, 1, 100, 100, 100), new(runtime, Strategy.Threads, 2, 135, 135, 135) { Cpu = cpu }).Findings("threads-scale"));

    [Fact]
    public void Find_OneRepetition_Nothing() => Assert.Empty(
        new RunBuilder().Add(new("dotnet", Strategy.Sequential, 1, 100, 100), new("dotnet", Strategy.Threads, 2, 190) { Cpu = 1.9 }).Findings("threads-scale"));

    [Fact]
    public void Find_RepetitionsOverlap_SeemToScaleRoughlyAndNeverInSpiteOfAGil()
    {
        RunBuilder Run(string runtime) => new RunBuilder().Add(new(runtime, Strategy.Sequential, 1, 100, 80, 110), new(runtime, Strategy.Threads, 2, 150, 90, 190) { Cpu = 1.6 });

        Assert.Equal(
            ".NET's threads seem to scale here: 2 threads did about 1.5 times the work of one, because no lock keeps them from running at the same time (they used 1.6 of 2 processors). "
            + "The factor is rough: the repetitions allow 0.818 to 2.38.",
            Assert.Single(Run("dotnet").Findings("threads-scale")).Text);
        Assert.Empty(Run("python3.11").Findings("threads-scale"));
    }

    [Fact]
    public void Find_PythonThreadsForPrimes_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("threads-scale"));

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(Runs.PythonSleeps().Findings("threads-scale"));
}
