using Brigade.Contracts.Runs;
using Brigade.Runner.Terminal;
using Xunit;

namespace Brigade.Runner.Tests.Terminal;

public sealed class CostTextTests
{
    [Fact]
    public void Of_Costs_TellsTheLargestThree()
    {
        var costs = new CellCosts(100, 5, [Part(CostKind.Work, 0.3), Part(CostKind.LockWait, 0.4), Part(CostKind.RunQueue, 0.04), Part(CostKind.QueueWait, 0.14), Part(CostKind.Idle, 0.12)], null);

        Assert.Equal("lock-wait 40 %, work 30 %, queue-wait 14 %", CostText.Of(costs));
    }

    [Fact]
    public void Of_Nothing_IsADash() => Assert.Equal("-", CostText.Of(null));

    private static CostPart Part(CostKind kind, double share) => new(kind, share * 100, share, share, share);
}
