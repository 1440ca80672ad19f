using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class ProcessesScaleTests
{
    [Fact]
    public void Find_PythonProcessesForPrimes_SaysByHowMuch() => Assert.Equal(
        "Python's processes scale: 2 processes did 1.83 times the work of one after the other, because each process has an interpreter and a GIL of its own (they used 1.9 of 2 processors).",
        Assert.Single(Runs.PythonPrimes().Findings("processes-scale")).Text);

    [Fact]
    public void Find_DotNetProcesses_DoesNotSpeakOfAGil() => Assert.DoesNotContain("GIL", Assert.Single(Runs.DotNetPrimes().Findings("processes-scale")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(1.19, 1.9)] // does not scale
    [InlineData(1.5, 1.2)] // one processor: what it is compared with was slowed down
    [InlineData(2.6, 1.9)] // implausible on two cores
    public void Find_NoPlausibleScaling_Nothing(double speedup, double cpu) => Assert.Empty(new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100, 100), new("dotnet", Strategy.Processes, 2, 100 * speedup, 100 * speedup) { Cpu = cpu }).Findings("processes-scale"));

    [Fact]
    public void Find_OneRepetition_Nothing() =>
        Assert.Empty(new RunBuilder().Add(new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Processes, 2, 190) { Cpu = 1.9 }).Findings("processes-scale"));

    [Fact]
    public void Find_RepetitionsOverlap_SeemToScale() => Assert.Equal(
        "Python's processes seem to scale: 2 processes did about 1.4 times the work of one after the other, because each process has an interpreter and a GIL of its own (they used 1.5 of 2 processors). "
        + "The factor is rough: the repetitions allow 0.818 to 2.",
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 100, 80, 110), new("python3.11", Strategy.Processes, 2, 140, 90, 160) { Cpu = 1.5 }).Findings("processes-scale")).Text);

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(Runs.PythonSleeps().Findings("processes-scale"));
}
