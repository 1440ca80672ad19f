using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class LoopBlockedTests
{
    [Fact]
    public void Find_TaskThatKeptTheLoop_SaysForHowLong()
    {
        var finding = Assert.Single(new RunBuilder().Add(new Measured("python3.11", Strategy.Async, 4, 100) { Also = Blocked(812) }).Findings("loop-blocked"));

        Assert.StartsWith("A task kept the event loop to itself for 812 ms in Python async with 4 tasks in flight: meanwhile none of the others could go on", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ShortBlockOrOneTaskAtATime_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Async, 4, 100) { Also = Blocked(10) }, new("python3.11", Strategy.Async, 1, 100) { Also = Blocked(812) }).Findings("loop-blocked"));

    private static Func<TrialResult, TrialResult> Blocked(double ms) => result => result with { Figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["longestLoopBlockMs"] = ms } };
}
