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
    [InlineData(1.2)] // does not scale
    [InlineData(2.6)] // implausible on two cores
    public void Find_NoPlausibleScaling_Nothing(double speedup) =>
        Assert.Empty(new RunBuilder().Add(new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Processes, 2, 100 * speedup)).Findings("processes-scale"));

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(Runs.PythonSleeps().Findings("processes-scale"));
}
