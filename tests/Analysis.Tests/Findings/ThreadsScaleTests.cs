using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class ThreadsScaleTests
{
    [Fact]
    public void Find_DotNetThreads_SaysThatNoLockIsInTheWay() => Assert.Equal(
        ".NET's threads scale here: 2 threads did 1.92 times the work of one, because no lock keeps them from running at the same time (they used 1.98 of 2 processors).",
        Assert.Single(Runs.DotNetPrimes().Findings("threads-scale")).Text);

    [Theory]
    [InlineData("python3.11", "lets go of it", true)]
    [InlineData("python3.13t", "runs without a GIL", false)]
    public void Find_PythonThreadsThatScale_SaysWhy(string runtime, string reason, bool gil)
    {
        var finding = Assert.Single(new RunBuilder().Add(new(runtime, Strategy.Sequential, 1, 100), new(runtime, Strategy.Threads, 2, 190) { Cpu = 1.95 }).Findings("threads-scale"));

        Assert.Contains(reason, finding.Text, StringComparison.Ordinal);
        Assert.Equal(gil, finding.Evidence["gil"]!.GetValue<bool>());
    }

    [Fact]
    public void Find_PythonThreadsForPrimes_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("threads-scale"));

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(Runs.PythonSleeps().Findings("threads-scale"));
}
