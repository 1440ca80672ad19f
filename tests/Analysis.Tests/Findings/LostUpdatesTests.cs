using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class LostUpdatesTests
{
    [Fact]
    public void Find_UpdatesThatGotLost_SaysThatTheResultIsWrong()
    {
        var finding = Assert.Single(new RunBuilder().Add(
            new("python3.13t", Strategy.Threads, 2, 100) { Also = Lost(1_234) }, new("dotnet", Strategy.Threads, 2, 100) { Also = Lost(7) }, new("dotnet", Strategy.Sequential, 1, 100) { Also = Lost(0) }).Findings("lost-updates"));

        Assert.StartsWith("The result is wrong: 1,234 of 20,000 updates got lost in Python threads with 2 workers.", finding.Text, StringComparison.Ordinal);
        Assert.EndsWith("1 other cell lost updates too.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoneLost_Nothing() => Assert.Empty(new RunBuilder().Add(new Measured("dotnet", Strategy.Threads, 2, 100) { Also = Lost(0) }).Findings("lost-updates"));

    private static Func<TrialResult, TrialResult> Lost(double updates) => result => result with { Figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["lostUpdates"] = updates, ["expected"] = 20_000 } };
}
