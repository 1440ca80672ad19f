using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class PowersaveTests
{
    [Fact]
    public void Find_PowersaveGovernor_NamesIt()
    {
        var finding = Assert.Single(new RunBuilder { Governor = "powersave" }.Add(new Measured("dotnet", Strategy.Threads, 2, 100)).Findings("powersave"));

        Assert.Equal("info", finding.Severity);
        Assert.Contains("frequency governor 'powersave'", finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("performance")]
    [InlineData("")]
    public void Find_OtherGovernorOrNone_Nothing(string governor) =>
        Assert.Empty(new RunBuilder { Governor = governor }.Add(new Measured("dotnet", Strategy.Threads, 2, 100)).Findings("powersave"));
}
