using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs.Costs;

namespace Brigade.Web.Tests.Features.Runs.Costs;

public sealed class CostWordsTests
{
    [Theory]
    [InlineData(Strategy.Threads, true, "GIL wait")]
    [InlineData(Strategy.Threads, false, "lock wait")]
    [InlineData(Strategy.Async, true, "wait for the loop")]
    [InlineData(Strategy.Processes, true, "lock wait")]
    public void Title_OfALockWait_SaysWhatIsWaitedFor(Strategy strategy, bool hasGil, string title) =>
        Assert.Equal(title, CostWords.Title(CostKind.LockWait, new Cell("python3.11", strategy, 2, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)), hasGil));

    [Fact]
    public void TitleAndExplain_OfEachKind_AreItsOwn()
    {
        Assert.Distinct(Enum.GetValues<CostKind>().Select(CostWords.Title), StringComparer.Ordinal);
        Assert.Distinct(Enum.GetValues<CostKind>().Select(CostWords.Explain), StringComparer.Ordinal);
    }
}
