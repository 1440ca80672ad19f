using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class UnsteadyTests
{
    [Theory]
    [InlineData(-0.3, "fell by 30 %")]
    [InlineData(0.2, "rose by 20 %")]
    public void Find_SameDriftInEachRepetition_IsTold(double drift, string words)
    {
        var finding = Assert.Single(new RunBuilder().Add(new Measured("dotnet", Strategy.Threads, 2, 100, 101) { Also = result => result with { Drift = drift } }).Findings("unsteady"));

        Assert.StartsWith($"The throughput of .NET threads with 2 workers {words} from the first third of its trials to the last, in each repetition.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_DriftThatChangesDirection_Nothing() =>
        Assert.Empty(new RunBuilder().Add(new Measured("dotnet", Strategy.Threads, 2, 100, 101) { Also = result => result with { Drift = result.Repetition == 1 ? 0.3 : -0.3 } }).Findings("unsteady"));
}
