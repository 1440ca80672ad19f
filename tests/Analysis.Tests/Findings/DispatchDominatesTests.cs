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
            "The tasks are too short for processes in Python: a task takes 20 µs, handing it over and back 0.18 ms, so processes with 2 workers did 0.20 times the work of one after the other. "
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
    public void Find_ProcessesFaster_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("dispatch-dominates"));

    [Fact]
    public void Find_LongTasksSlowedByTheGil_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 100), new("python3.11", Strategy.Threads, 2, 80)).Findings("dispatch-dominates"));
}
