using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Advising;

public sealed class ClassifierTests
{
    [Theory]
    [InlineData(1.0, 0.02, "cpu-bound")]
    [InlineData(0.8, 50, "cpu-bound")]
    [InlineData(1.3, 50, "cpu-bound")] // the runtime's own threads add to it
    [InlineData(0.2, 10, "slow-io")]
    [InlineData(0.01, 50, "slow-io")]
    [InlineData(0.01, 9.9, "fast-io")]
    [InlineData(0.5, 2, "fast-io")]
    [InlineData(0.5, 20, "mixed")]
    [InlineData(0.21, 10, "mixed")]
    [InlineData(0.6, 2, "mixed")]
    public void Classify_SequentialCell_ByShareAndTaskTime(double cpu, double taskMs, string expected) => Assert.Equal(expected, new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100) { Cpu = cpu, TaskMs = taskMs }, new("dotnet", Strategy.Threads, 2, 150)).Build().Advice!.Class);

    [Fact]
    public void Classify_NoSequentialCell_TakesOneWorkerThenProcesses()
    {
        Assert.Equal("slow-io", new RunBuilder().Add(
            new("dotnet", Strategy.Threads, 1, 20) { Cpu = 0.01, TaskMs = 50 }, new("dotnet", Strategy.Threads, 2, 40)).Build().Advice!.Class);

        var advice = new RunBuilder().Add(
            new("python3.11", Strategy.Threads, 2, 100) { Cpu = 1, TaskMs = 20 }, new("python3.11", Strategy.Processes, 2, 190) { Cpu = 1.9 }).Build().Advice!;
        Assert.Equal("cpu-bound", advice.Class);
        Assert.Contains("no cell with one worker was measured", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_AsyncOnly_ManyTasksInFlightAreOneThread() => Assert.Equal("cpu-bound", new RunBuilder().Add(
        new("dotnet", Strategy.Async, 16, 100) { Cpu = 0.98 }, new("dotnet", Strategy.Async, 32, 100) { Cpu = 0.98 }).Build().Advice!.Class);

    [Theory]
    [InlineData(0.4, 20, 900)] // hardly a task gave its processor up by itself
    [InlineData(0.4, 150, 300)] // so loaded that the host's own threads switch nearly once a task
    [InlineData(0.6, 300, 900)] // long tasks, beside which the host's own threads switch
    public void Classify_PushedOffTheProcessor_StillCpuBoundButLessCertain(double cpu, long voluntary, long involuntary)
    {
        var advice = new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100) { Cpu = cpu, TaskMs = 50, Voluntary = voluntary, Involuntary = involuntary }, new("dotnet", Strategy.Threads, 2, 150)).Build().Advice!;

        Assert.Equal("cpu-bound", advice.Class);
        Assert.Contains("other work on the machine took processor time", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_WaitsOncePerTask_NotTakenForPreemption() => Assert.Equal("mixed", new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100) { Cpu = 0.4, TaskMs = 20, Voluntary = 200, Involuntary = 900 }, new("dotnet", Strategy.Threads, 2, 150)).Build().Advice!.Class);

    [Theory]
    [InlineData(0.2, 1_000, "mixed")]
    [InlineData(0.2, 100, "cpu-bound")]
    [InlineData(50, 1_000, "cpu-bound")] // beside long tasks the host's own threads switch as often
    public void Classify_BusyButWaitingInEachTask_Mixed(double taskMs, long voluntary, string expected) => Assert.Equal(expected, new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 100) { Cpu = 0.9, TaskMs = taskMs, Tasks = 1_000, Voluntary = voluntary }, new("python3.11", Strategy.Processes, 2, 150)).Build().Advice!.Class);

    [Fact]
    public void Advise_WaitsSoBrieflyThatItLooksBusy_OneProcessorMayWin() => Assert.Equal(Strategy.Async, new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 100, 101, 99) { Cpu = 0.9, TaskMs = 0.2, Tasks = 1_000, Voluntary = 1_000 },
        new("python3.11", Strategy.Async, 8, 150, 151, 149) { Cpu = 0.98 }).Build().Advice!.Strategy);
}
