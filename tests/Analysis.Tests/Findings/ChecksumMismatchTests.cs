using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class ChecksumMismatchTests
{
    private static readonly Measured One = new("dotnet", Strategy.Sequential, 1, 100, 100) { Checksum = "00000000000000aa" };
    private static readonly Measured Other = new("python3.11", Strategy.Sequential, 1, 10) { Checksum = "00000000000000bb" };

    [Fact]
    public void Find_OneCellDiffers_ErrorThatNamesIt()
    {
        var finding = Assert.Single(new RunBuilder().Add(One, Other).Findings("checksum-mismatch"));

        Assert.Equal("error", finding.Severity);
        Assert.Equal(
            "The results of the tasks with limit = 2000 do not agree: 2 trials gave the checksum 00000000000000aa, but 1 trial gave another (Python one after the other). They did not do the same work, so their speeds must not be compared.",
            finding.Text);
        Assert.Equal("{\"00000000000000aa\":[0,2],\"00000000000000bb\":[1]}", finding.Evidence["trialsByChecksum"]!.ToJsonString());
    }

    [Fact]
    public void Find_UsersCode_WarningThatNamesChance()
    {
        var run = new RunBuilder { Workload = new() { Code = new() { Language = "python", Source = "" } } }.Add(One, Other);

        Assert.Equal("warning", Assert.Single(run.Findings("checksum-mismatch")).Severity);
    }

    [Fact]
    public void Find_Agree_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("checksum-mismatch"));

    [Fact]
    public void Find_DurationLoad_Nothing() => Assert.Empty(new RunBuilder { Load = new() { Duration = TimeSpan.FromSeconds(1) } }.Add(One, Other).Findings("checksum-mismatch"));

    [Fact]
    public void Find_TrialsWithErrorsFailedOrWithoutChecksum_Nothing() => Assert.Empty(new RunBuilder().Add(
        One, Other with { Errors = 1 }, Other with { Lost = 1 }, Other with { Status = Contracts.Runs.TrialStatus.Failed }, Other with { Checksum = "" }).Findings("checksum-mismatch"));

    [Fact]
    public void Find_OtherParameters_Nothing() => Assert.Empty(new RunBuilder().Add(
        One, Other with { Params = new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(3_000) } }).Findings("checksum-mismatch"));
}
