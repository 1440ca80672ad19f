using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Advising;

public sealed class CrowdingTests
{
    private static readonly Measured Alone = new("dotnet", Strategy.Sequential, 1, 100, 100, 100);

    [Fact]
    public void Classify_TasksTakeMoreProcessorTimeBesideOthers_IsMemoryBoundWithTheEvidence()
    {
        var advice = new RunBuilder().Add(Alone, new("dotnet", Strategy.Threads, 2, 105, 106, 104) { Cpu = 1.98 }).Build().Advice!;

        Assert.Equal("memory-bound", advice.Class);
        Assert.Equal(1.886, advice.Evidence.Single(evidence => evidence.Id == "crowding").Value, 2);
        Assert.Contains("The memory: with threads with 2 workers a task took 1.89 times the processor time that it takes alone", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_WorkersScale_IsCpuBound() =>
        Assert.Equal("cpu-bound", new RunBuilder().Add(Alone, new("dotnet", Strategy.Threads, 2, 190, 191, 189) { Cpu = 1.98 }).Build().Advice!.Class);

    [Fact]
    public void Classify_WorkersHadNoProcessorEach_IsCpuBound() =>
        Assert.Equal("cpu-bound", new RunBuilder().Add(new Measured("python3.11", Strategy.Sequential, 1, 100, 100, 100), new("python3.11", Strategy.Threads, 2, 101, 102, 100) { Cpu = 1.02 }).Build().Advice!.Class);

    [Fact]
    public void Classify_OtherWorkOnTheMachine_SaysNothingOfMemory() => Assert.Equal("cpu-bound", new RunBuilder().Add(
        Alone, new("dotnet", Strategy.Threads, 2, 105, 106, 104) { Cpu = 1.98, Also = trial => trial with { OtherLoad = 1 } }).Build().Advice!.Class);

    [Fact]
    public void Evidence_ThreadsOfAGilThatUseTwoProcessors_SaysThatTheWorkReleasesIt()
    {
        var advice = new RunBuilder().Add(new Measured("python3.11", Strategy.Sequential, 1, 100, 100, 100), new("python3.11", Strategy.Threads, 2, 190, 191, 189) { Cpu = 1.96 }).Build().Advice!;

        Assert.Contains("The work releases the GIL: 2 threads used 1.96 cores of 2.", advice.Because, StringComparison.Ordinal);
        Assert.Equal((Strategy.Threads, 2), (advice.Strategy, advice.Workers));
    }

    [Fact]
    public void Advise_RunnerUpAndCosts_AreThoseOfTheCells()
    {
        var advice = Runs.PythonPrimes().Build().Advice!;

        Assert.Equal((4, false), (advice.Cell, advice.NoDifference));
        Assert.Equal(0.44, advice.RunnerUp!.Behind, 1);
        Assert.True(advice.RunnerUp.BehindLow < advice.RunnerUp.Behind && advice.RunnerUp.Behind < advice.RunnerUp.BehindHigh);
        Assert.Equal(10.38, advice.Cost.CpuSecondsPer1000Tasks, 1);
        Assert.Equal(48L << 20, advice.Cost.PeakMemoryBytes);
    }
}
