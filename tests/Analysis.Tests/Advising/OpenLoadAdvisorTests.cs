using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Advising;

public sealed class OpenLoadAdvisorTests
{
    [Fact]
    public void Advise_SeveralKeepUp_TakesTheCheapestOfTheQuick()
    {
        var advice = OpenLoads.Run(
            OpenLoads.Cell(Strategy.Sequential, 1, achieved: 100, taskMs: 6, responseP99Ms: 90),
            OpenLoads.Cell(Strategy.Threads, 2, achieved: 100, taskMs: 6, responseP99Ms: 11),
            OpenLoads.Cell(Strategy.Threads, 4, achieved: 100, taskMs: 6, responseP99Ms: 10)).Build().Advice!;

        Assert.Equal((Strategy.Threads, 2), (advice.Strategy, advice.Workers));
        Assert.StartsWith("Python threads with 2 workers keeps up with 100 arrivals a second, and 99 of 100 have their result within 11 ms of arriving; the quickest needs 10 ms", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_NoneKeepsUp_TakesTheOneThatDidMost()
    {
        var advice = OpenLoads.Run(
            OpenLoads.Cell(Strategy.Sequential, 1, achieved: 25, taskMs: 40, responseP99Ms: 9_000), OpenLoads.Cell(Strategy.Threads, 2, achieved: 50, taskMs: 40, responseP99Ms: 5_000)).Build().Advice!;

        Assert.Equal((Strategy.Threads, 2), (advice.Strategy, advice.Workers));
        Assert.StartsWith("No cell keeps up with 100 arrivals a second. Python threads with 2 workers comes nearest with 50 a second", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_LongTasksThatEndAfterTheSchedule_KeepUp() => Assert.StartsWith(
        "Python threads with 128 workers keeps up with 100 arrivals a second",
        OpenLoads.Run(
            OpenLoads.Cell(Strategy.Threads, 128, achieved: 100, taskMs: 1_000, responseP99Ms: 1_010), OpenLoads.Cell(Strategy.Threads, 256, achieved: 100, taskMs: 1_000, responseP99Ms: 1_010)).Build().Advice!.Because,
        StringComparison.Ordinal);
}
