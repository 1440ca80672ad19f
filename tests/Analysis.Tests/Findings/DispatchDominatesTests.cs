using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class DispatchDominatesTests
{
    [Fact]
    public void Find_ProcessesSlowerThanSequential_SaysWhatDispatchCosts()
    {
        var finding = Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 50_000) { TaskMs = 0.02 }, new("python3.11", Strategy.Processes, 2, 10_000) { TaskMs = 0.02, ChunkSize = 1 }).Findings("dispatch-dominates"));

        Assert.Equal(
            "The tasks are too short for processes in Python: a task takes 20 µs, handing it over and back 80 µs of processor time, so processes with 2 workers did 0.20 times the work of one after the other. "
            + "Longer tasks, or a larger chunk size, spread that cost.",
            finding.Text);
        Assert.Equal("warning", finding.Severity);
    }

    [Fact]
    public void Find_ProcessPerTask_AdvisesAPoolOfProcesses() => Assert.Contains(
        "stay alive",
        Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.ProcessPerTask, 2, 20)).Findings("dispatch-dominates")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_LongTasksWhileOtherWorkTookAProcessor_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 10, 10, 10) { TaskMs = 100 }, new("python3.11", Strategy.Processes, 2, 9, 9, 9) { TaskMs = 200, Cpu = 0.95 }).Findings("dispatch-dominates"));

    [Fact]
    public void Find_ShortTasksWhileOtherWorkTookAProcessor_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 500, 500, 500) { TaskMs = 2 }, new("python3.11", Strategy.Processes, 2, 240, 250, 260) { TaskMs = 4, Cpu = 0.6 }).Findings("dispatch-dominates"));

    [Theory]
    [InlineData(2.0, 1)]
    [InlineData(5.0, 1)]
    [InlineData(5.5, 0)] // a message costs no such time: something else slows it down
    public void Find_ProcessesSlower_OnlyForShortTasks(double taskMs, int findings) => Assert.Equal(findings, new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 100, 100, 100) { TaskMs = taskMs }, new("python3.11", Strategy.Processes, 2, 80, 80, 80) { TaskMs = taskMs }).Findings("dispatch-dominates").Count);

    [Fact]
    public void Find_RepetitionsOverlap_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 8_000, 50_000, 51_000) { TaskMs = 0.02 }, new("python3.11", Strategy.Processes, 2, 9_000, 10_000, 11_000) { TaskMs = 0.02 }).Findings("dispatch-dominates"));

    [Theory]
    [InlineData(100, 1)]
    [InlineData(200, 0)] // one worker gets everything
    public void Find_ChunkForNotEveryWorker_Nothing(int chunkSize, int findings) => Assert.Equal(findings, new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 50_000, 50_000) { TaskMs = 0.02 },
        new("python3.11", Strategy.Processes, 2, 10_000, 10_000) { TaskMs = 0.02, ChunkSize = chunkSize }).Findings("dispatch-dominates").Count);

    [Fact]
    public void Find_ProcessesFaster_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("dispatch-dominates"));

    [Fact]
    public void Find_LongTasksSlowedByTheGil_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 100), new("python3.11", Strategy.Threads, 2, 80)).Findings("dispatch-dominates"));
}
