using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class AsyncBlocksTests
{
    [Fact]
    public void Find_AsyncPrimes_SaysThatItIsAsOneAfterTheOther() => Assert.Equal(
        "Async does not speed up Python here: 2 tasks in flight did 1.00 times the work of one after the other. One thread runs them all, and a task that computes gives it up only when it is done.",
        Assert.Single(Runs.PythonPrimes().Findings("async-blocks")).Text);

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(Runs.PythonSleeps().Findings("async-blocks"));

    [Fact]
    public void Find_NoAsyncCell_Nothing() => Assert.Empty(Runs.DotNetPrimes().Findings("async-blocks"));
}
