using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Xunit;

namespace Brigade.Analysis.Tests.View;

public sealed class RuntimeOfTests
{
    [Theory]
    [InlineData("python", "python3.11")]
    [InlineData("python3", "python3.11")]
    [InlineData("python3.13t", "python3.13t")]
    [InlineData("python3.12", null)]
    [InlineData("node", null)]
    public void Name_InASpec_IsTheRuntimeOrItsKindsDefault(string name, string? id) => Assert.Equal(id, RuntimeOf.Name(name, new RunBuilder().Runtimes)?.Id);

    [Fact]
    public void Cell_TrialThatWasLeftOut_TellsItLeast()
    {
        TrialResult[] trials = [Trial(TrialStatus.Skipped, "python"), Trial(TrialStatus.Failed, "python3.12"), Trial(TrialStatus.Completed, "python3.13t")];

        Assert.Equal(
            ["python3.13t", "python3.12", "python", "python3.11", "ruby"],
            [RuntimeOf.Cell("python", trials, Machine), RuntimeOf.Cell("python", trials[..2], Machine), RuntimeOf.Cell("python", trials[..1], Machine), RuntimeOf.Cell("python", [], Machine), RuntimeOf.Cell("ruby", [], Machine)]);
    }

    private static Machine Machine => new RunBuilder().Machine;

    private static TrialResult Trial(TrialStatus status, string runtime) => new() { Index = 0, Cell = 0, Repetition = 1, Status = status, Runtime = runtime };
}
