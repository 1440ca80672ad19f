using System.Globalization;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.Node;

public sealed class NodeOpenLoadTests
{
    [Theory]
    [MemberData(nameof(NodeTrials.Strategies), MemberType = typeof(NodeTrials))]
    public async Task Run_Arrivals_RunsEachIndexOnceAndCountsFromItsArrival(Strategy strategy)
    {
        // Processes that start for each task could not keep up with more.
        var rate = strategy == Strategy.ProcessPerTask ? 8 : 200;

        var result = await NodeTrials.CompleteAsync(NodeTrials.Code("const task = (index) => index;", strategy) with { Load = new LoadSpec { Rate = rate, Duration = TimeSpan.FromSeconds(1) } });

        Assert.Equal((rate, rate, 0, 0), (result.Offered, result.Tasks, result.Dropped, result.Errors));
        Assert.Equal((rate * (rate - 1) / 2).ToString("x16", CultureInfo.InvariantCulture), result.Checksum);
        Assert.Equal("response", result.Latency.Kind);
        Assert.True(result.Uncorrected!.MaxMs <= result.Latency.MaxMs);
        Assert.True(result.WallMs >= 1_000 - (1_000.0 / rate));
    }

    [Theory]
    [InlineData(Strategy.Threads)]
    [InlineData(Strategy.Async)]
    [InlineData(Strategy.Pool)]
    [InlineData(Strategy.Processes)]
    public async Task Run_MoreThanTheWorkersCanDo_DropsWhatIsAboveTheMostInFlight(Strategy strategy)
    {
        var result = await NodeTrials.CompleteAsync(NodeTrials.Kernel("io.sleep", strategy, 2, ("milliseconds", ParameterValue.Of(200))) with
        {
            Load = new LoadSpec { Rate = 100, Duration = TimeSpan.FromMilliseconds(500), MaxInFlight = 5 },
        });

        Assert.Equal(50, result.Offered);
        Assert.Equal(50, result.Tasks + result.Dropped);
        Assert.InRange(result.Tasks, 5, 15);

        // Three wait behind the two that are served.
        Assert.True(result.Latency.MaxMs >= 350, $"the slowest took {result.Latency.MaxMs} ms");
        Assert.True(result.Uncorrected!.P50Ms < result.Latency.MaxMs);
    }
}
