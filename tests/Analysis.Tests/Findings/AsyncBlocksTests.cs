using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class AsyncBlocksTests
{
    [Fact]
    public void Find_AsyncPrimes_SaysThatItIsAsOneAfterTheOther() => Assert.Equal(
        "Async does not speed up Python here: 2 tasks in flight did 1.00 times the work of one after the other. One thread runs them all, and a task that computes gives it up only when it is done.",
        Assert.Single(Runs.PythonPrimes().Findings("async-blocks")).Text);

    [Fact]
    public void Find_NoisyRepetitions_SaidWithARoughFactor()
    {
        var text = Assert.Single(new RunBuilder().Add(new("dotnet", Strategy.Sequential, 1, 100, 80, 110), new("dotnet", Strategy.Async, 2, 120, 80, 150)).Findings("async-blocks")).Text;

        Assert.Contains("2 tasks in flight did about 1.2 times the work of one after the other", text, StringComparison.Ordinal);
        Assert.EndsWith("what looks like a gain is noise. The factor is rough: the repetitions allow 0.727 to 1.88.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TwoProcessorsUsed_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100, 100), new("dotnet", Strategy.Async, 2, 100, 100) { Cpu = 1.6 }).Findings("async-blocks"));

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(Runs.PythonSleeps().Findings("async-blocks"));

    [Fact]
    public void Find_NoAsyncCell_Nothing() => Assert.Empty(Runs.DotNetPrimes().Findings("async-blocks"));
}
