using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class TwoLevelsTests
{
    [Fact]
    public void Find_RepetitionsInTwoGroups_NamesBoth()
    {
        var finding = Assert.Single(Run(step: 30).Findings("two-levels"));

        Assert.StartsWith("The 30 repetitions of .NET threads with 2 workers fall into 2 groups, around 10", finding.Text, StringComparison.Ordinal);
        Assert.Equal(2, finding.Evidence["levels"]!.AsArray().Count);
    }

    [Fact]
    public void Find_OneGroup_Nothing() => Assert.Empty(Run(step: 0).Findings("two-levels"));

    private static RunBuilder Run(double step) =>
        new RunBuilder().Add(new Measured("dotnet", Strategy.Threads, 2, [.. Enumerable.Range(0, 30).Select(i => 100 + (i % 2 == 0 ? 0 : step) + (i * 7 % 5 * 0.3))]));
}
