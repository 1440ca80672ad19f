using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class ImplausibleSpeedupTests
{
    [Fact]
    public void Find_FewerProcessorsByCpuSet_CountsThose()
    {
        var cells = new Measured[] { new("dotnet", Strategy.Sequential, 1, 100, 100, 100), new("dotnet", Strategy.Threads, 2, 190, 190, 190) { Cpu = 1.9 } };

        Assert.Empty(new RunBuilder { Cores = 4 }.Add(cells).Findings("implausible-speedup"));
        Assert.Contains("no more than 1 processor could work on it", Assert.Single(new RunBuilder { Cores = 4, CpuSet = "3" }.Add(cells).Findings("implausible-speedup")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ThreeTimesOnTwoCores_FlaggedAndNotRecommended()
    {
        var result = new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Threads, 4, 300), new("dotnet", Strategy.Processes, 2, 190)).Build();

        var finding = Assert.Single(result.Findings, finding => finding.Id == "implausible-speedup");
        Assert.StartsWith("The speed-up of 3.00 times for .NET threads with 4 workers is above what the machine could give: no more than 2 processors could work on it.", finding.Text, StringComparison.Ordinal);
        Assert.Equal(Strategy.Processes, result.Advice!.Strategy);
    }

    [Fact]
    public void Find_AsyncTwiceAsFast_FlaggedBecauseItHasOneThread() => Assert.Single(new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Async, 2, 190)).Findings("implausible-speedup"));

    [Theory]
    [InlineData(2.15)]
    [InlineData(1.9)]
    public void Find_WithinATenthOfTheCores_Nothing(double speedup) => Assert.Empty(new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Threads, 2, 100 * speedup)).Findings("implausible-speedup"));

    [Theory]
    [InlineData(90, 0)] // one disturbed repetition of what it is compared with
    [InlineData(45, 1)]
    public void Find_AsyncAboveOneThread_OnlyWhereTheIntervalsShowIt(double high, int findings) => Assert.Equal(findings, new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 40, 42, high), new("dotnet", Strategy.Async, 2, 60, 62, 64)).Findings("implausible-speedup").Count);

    [Fact]
    public void Find_OneRepetitionALittleAbove_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Async, 2, 125)).Findings("implausible-speedup"));

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(Runs.PythonSleeps().Findings("implausible-speedup"));
}
