using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class HiddenWaitingTests
{
    [Fact]
    public void Find_WaitThatTheTasksThemselvesDoNotShow_IsTold()
    {
        var finding = Assert.Single(OpenLoads.Run(OpenLoads.Cell(Strategy.Threads, 1, achieved: 100, taskMs: 4, responseP99Ms: 250)).Findings("hidden-waiting"));

        Assert.StartsWith("One in a hundred waited 250 ms or longer from arrival to result in Python threads with 1 worker, though tasks themselves took 6 ms at the same percentile.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_HardlyAnyWait_Nothing() => Assert.Empty(OpenLoads.Run(OpenLoads.Cell(Strategy.Threads, 1, achieved: 100, taskMs: 4, responseP99Ms: 7)).Findings("hidden-waiting"));
}
