using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class NoiseTests
{
    [Fact]
    public void Find_RepetitionsFarApart_NamesTheWorstCell()
    {
        var finding = Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100, 100, 101), new("dotnet", Strategy.Threads, 2, 100, 150, 200)).Findings("noise"));

        Assert.StartsWith("The repetitions of 1 of 2 cells differ by more than 10 %: the most in .NET threads with 2 workers, by 49 %.", finding.Text, StringComparison.Ordinal);
        Assert.Equal("info", finding.Severity);
        Assert.Equal(1, finding.Evidence["count"]!.GetValue<int>());
        Assert.Equal(0.3333, finding.Evidence["cells"]![0]!["coefficientOfVariation"]!.GetValue<double>());
        Assert.Equal(0.4942, finding.Evidence["cells"]![0]!["relativeDeviation"]!.GetValue<double>());
    }

    [Theory]
    [InlineData(120, "info")]
    [InlineData(200, "warning")] // even large differences are in doubt
    public void Find_Spread_WarningOnlyWhereItIsLarge(double throughput, string severity) =>
        Assert.Equal(severity, Assert.Single(new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, 100, 100, throughput)).Findings("noise")).Severity);

    [Fact]
    public void Find_OtherWorkOnTheMachine_NamesIt()
    {
        var finding = Assert.Single(new RunBuilder { OtherLoad = 1 }.Add(new Measured("dotnet", Strategy.Sequential, 1, 100, 100, 150)).Findings("noise"));

        Assert.EndsWith("About 1.0 of 2 processors was busy with other work when the run began.", finding.Text, StringComparison.Ordinal);
        Assert.Equal(1, finding.Evidence["otherLoad"]!.GetValue<double>());
    }

    [Fact]
    public void Find_OneOutlierOfThree_Found() => Assert.Single(new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, 100, 100, 150)).Findings("noise"));

    [Theory]
    [InlineData(new double[] { 100, 105, 98 })]
    [InlineData(new double[] { 100 })]
    public void Find_CloseOrSingle_Nothing(double[] throughputs) => Assert.Empty(new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, throughputs)).Findings("noise"));
}
