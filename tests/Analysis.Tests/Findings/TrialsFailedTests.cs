using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class TrialsFailedTests
{
    [Fact]
    public void Find_TwoReasons_CellsByReasonMostFrequentFirst()
    {
        var finding = Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100),
            new("python3.11", Strategy.Processes, 2, 0) { Status = TrialStatus.TimedOut },
            new("python3.11", Strategy.Threads, 2, 0, 0) { Status = TrialStatus.Failed, Failure = "the host ended with code 139" }).Findings("trials-failed"));

        Assert.Equal("error", finding.Severity);
        Assert.Equal(
            "3 of 4 trials failed. Python threads with 2 workers: the host ended with code 139. Python processes with 2 workers: it ran longer than the trial's time-out.",
            finding.Text);
        Assert.Equal("[2,3]", finding.Evidence["reasons"]![0]!["trials"]!.ToJsonString());
    }

    [Fact]
    public void Find_Cancelled_Nothing() =>
        Assert.Empty(new RunBuilder { Status = RunStatus.Cancelled }.Add(new Measured("dotnet", Strategy.Sequential, 1, 50) { Status = TrialStatus.Cancelled }).Findings("trials-failed"));

    [Fact]
    public void Find_AllCompleted_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("trials-failed"));
}
