using Brigade.Runner.Recording;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

public sealed class ScheduleTotalsTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void Between_WorkersWithThreads_SumsTheirOwn()
    {
        var first = Samples.At(0, workers: [new WorkerSample('R', 10 * Ms, 1 * Ms), new WorkerSample('R', 20 * Ms, 2 * Ms)]) with { RunDelayNs = 0 };
        var last = Samples.At(1, workers: [new WorkerSample('R', 15 * Ms, 4 * Ms), new WorkerSample('R', 27 * Ms, 6 * Ms)]) with { RunDelayNs = 99 * Ms };

        Assert.Equal(new ScheduleTotals(12, 7), ScheduleTotals.Between(first, last));
    }

    [Fact]
    public void Between_WorkersWithoutThreads_TakesAllThreadsOfTheTrial()
    {
        var first = Samples.At(0, workers: [new WorkerSample('R', null)]) with { RunDelayNs = 5 * Ms };
        var last = Samples.At(1, workers: [new WorkerSample('R', null)]) with { RunDelayNs = 9 * Ms };

        Assert.Equal(new ScheduleTotals(null, 4), ScheduleTotals.Between(first, last));
    }

    [Fact]
    public void Between_NothingWasLookedAt_SaysNothing() =>
        Assert.Equal(new ScheduleTotals(null, null), ScheduleTotals.Between(Samples.At(0, workers: [new WorkerSample('R', null)]), Samples.At(1, workers: [new WorkerSample('R', null)])));
}
