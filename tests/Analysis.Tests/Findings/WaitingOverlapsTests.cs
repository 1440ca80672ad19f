using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class WaitingOverlapsTests
{
    [Fact]
    public void Find_Sleeps_ThreadsAndAsyncOverlapAndAsyncWins()
    {
        var finding = Assert.Single(Runs.PythonSleeps().Findings("waiting-overlaps"));

        Assert.Equal(
            "The tasks mostly wait (the processor was busy 1 % of a task's 50 ms), and waiting overlaps: in Python, threads with 16 workers did 15.9 times and async with 16 tasks in flight did 15.9 times "
            + "the work of one after the other. Async wins when tasks only wait: as much throughput with one thread instead of 16 (0.158 ms of processor time per task against 0.253 ms, 20 MiB against 22 MiB).",
            finding.Text);
        Assert.True(finding.Evidence["sameThroughput"]!.GetValue<bool>());
    }

    [Fact]
    public void Find_AsyncBehindThreads_SaysSo() => Assert.Contains(
        "Async fell behind here, at 50 % of the threads' throughput, with one thread instead of 16",
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 20) { Cpu = 0.01, TaskMs = 50 },
            new("python3.11", Strategy.Threads, 16, 300) { Cpu = 0.1, TaskMs = 50 },
            new("python3.11", Strategy.Async, 16, 150) { Cpu = 0.1, TaskMs = 50 }).Findings("waiting-overlaps")).Text,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(300, "Async wins when tasks only wait: as much throughput with one thread instead of 16")]
    [InlineData(200, "The throughputs of async and threads cannot be told apart here, because their repetitions overlap; async waits with one thread instead of 16")]
    public void Find_FewNoisyRepetitions_TheSameOnlyWithinATenth(double async, string text) => Assert.Contains(
        text,
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 20, 20, 20) { Cpu = 0.01, TaskMs = 50 },
            new("python3.11", Strategy.Threads, 16, 190, 315, 317) { Cpu = 0.1, TaskMs = 50 },
            new("python3.11", Strategy.Async, 16, 180, async, 316) { Cpu = 0.1, TaskMs = 50 }).Findings("waiting-overlaps")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_TooShortToSeeProcessorTime_LeavesItOut() => Assert.Contains(
        "with one thread instead of 16 (20 MiB against 22 MiB).",
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 20, 20, 20) { Cpu = 0, TaskMs = 50 },
            new("python3.11", Strategy.Threads, 16, 315, 316, 317) { Cpu = 0, TaskMs = 50, MemoryMiB = 22 },
            new("python3.11", Strategy.Async, 16, 315, 316, 317) { Cpu = 0.01, TaskMs = 50 }).Findings("waiting-overlaps")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_RoughFactor_NamesItsRange() => Assert.Contains(
        "threads with 4 workers did about 12.0 times (3.57 to 22.2 by the repetitions) the work of one after the other.",
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 90, 125, 140) { Cpu = 0.04, TaskMs = 8 }, new("python3.11", Strategy.Threads, 4, 500, 1_500, 2_000) { Cpu = 0.2, TaskMs = 1 }).Findings("waiting-overlaps")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_RepetitionsOverlapWithOneAfterTheOther_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 20, 20, 40) { Cpu = 0.01, TaskMs = 50 }, new("python3.11", Strategy.Threads, 2, 30, 35, 39) { Cpu = 0.01, TaskMs = 50 }).Findings("waiting-overlaps"));

    [Fact]
    public void Find_OnlyThreads_NamesNoWinner() => Assert.DoesNotContain(
        "Async",
        Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 20) { Cpu = 0.01, TaskMs = 50 }, new("dotnet", Strategy.Threads, 16, 300) { Cpu = 0.1, TaskMs = 50 }).Findings("waiting-overlaps")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_TasksCompute_Nothing() => Assert.Empty(Runs.DotNetPrimes().Findings("waiting-overlaps"));
}
