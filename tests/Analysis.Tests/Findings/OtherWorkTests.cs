using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class OtherWorkTests
{
    [Fact]
    public void Find_TrialsThatHadToShare_SaysHowMany()
    {
        var finding = Assert.Single(new RunBuilder().Add(new Measured("dotnet", Strategy.Threads, 2, 100, 101, 102) { Also = result => result with { OtherLoad = result.Repetition == 3 ? 0.1 : 1.2 } }).Findings("other-load"));

        Assert.Equal("warning", finding.Severity);
        Assert.StartsWith("Other programs were at work while 2 of 3 trials were measured: up to 1.2 of 2 processors.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_QuietOrNotMeasured_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("dotnet", Strategy.Threads, 2, 100) { Also = result => result with { OtherLoad = 0.3 } }, new("dotnet", Strategy.Sequential, 1, 100)).Findings("other-load"));
}
