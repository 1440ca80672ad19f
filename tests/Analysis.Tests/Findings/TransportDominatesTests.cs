using Brigade.Analysis.Tests.Costs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class TransportDominatesTests
{
    private const string Id = "transport-dominates";

    [Fact]
    public void Find_LargePayload_TellsWhatItCosts()
    {
        var finding = Assert.Single(Run(payload: 1 << 20, serializationMs: 500, channelMs: 740).Findings(Id));
        Assert.Equal(
            "Carrying tasks and results takes 62 % of the workers' time in Python processes with 2 workers: 25 % to turn them into bytes and back, 37 % in the channel. Send less, let workers read it themselves, or try the shared-memory channel.",
            finding.Text);
    }

    [Fact]
    public void Find_LittleCost_SaysNothing() => Assert.Empty(Run(payload: 1 << 20, serializationMs: 50, channelMs: 100).Findings(Id));

    [Fact]
    public void Find_NothingToCarry_SaysNothing() => Assert.Empty(Run(payload: 0, serializationMs: 500, channelMs: 740).Findings(Id));

    private static RunBuilder Run(int payload, double serializationMs, double channelMs) => new RunBuilder().Add(
        CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 2, cpuMs: 200),
        CostRuns.Cell(Runs.Python, Strategy.Processes, 2, taskMs: 2, cpuMs: 700, result => result with { SerializationMs = serializationMs, ChannelMs = channelMs }) with { PayloadBytes = payload });
}
