using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class ThrottledTests
{
    [Fact]
    public void Find_QuotaThatStoppedATrial_SaysForHowMuchOfItsTime()
    {
        var finding = Assert.Single(new RunBuilder().Add(new Measured("dotnet", Strategy.Threads, 2, 100) { Also = result => result with { ThrottledMs = 500 } }).Findings("throttled"));

        Assert.StartsWith("The container's quota kept .NET threads with 2 workers from running for 25 % of its time.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_HardlyThrottled_Nothing() => Assert.Empty(new RunBuilder().Add(new Measured("dotnet", Strategy.Threads, 2, 100) { Also = result => result with { ThrottledMs = 5 } }).Findings("throttled"));
}
