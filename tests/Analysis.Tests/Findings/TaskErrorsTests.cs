using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class TaskErrorsTests
{
    [Fact]
    public void Find_SomeTasksFail_ShareAndFirstMessage()
    {
        var finding = Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100),
            new("dotnet", Strategy.Threads, 2, 190) { Errors = 4, TaskErrors = [new(7, 0, "ValueError: seven", ""), new(8, 0, "ValueError: eight", "")] }).Findings("errors"));

        Assert.Equal("4 of 400 tasks ended with an error (1 %). Throughput counts only tasks that ended without error. The first error: ValueError: seven", finding.Text);
        Assert.Equal("warning", finding.Severity);
        Assert.Equal("[1]", finding.Evidence["cells"]!.ToJsonString());
    }

    [Fact]
    public void Find_EveryTaskFails_Error() =>
        Assert.Equal("error", Assert.Single(new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, 0) { Errors = 200 }).Findings("errors")).Severity);

    [Fact]
    public void Find_LostTasks_SaysHowMany() => Assert.StartsWith(
        "1 task never came back.",
        Assert.Single(new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, 10) { Lost = 1, Status = TrialStatus.Failed }).Findings("errors")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_NoErrors_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("errors"));
}
