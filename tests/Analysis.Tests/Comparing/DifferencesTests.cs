using Brigade.Analysis.Comparing;
using Brigade.Contracts.Spec;
using Xunit;
using static Brigade.Analysis.Tests.Comparing.Compared;

namespace Brigade.Analysis.Tests.Comparing;

public sealed class DifferencesTests
{
    [Fact]
    public void Compare_EqualRuns_HaveNone() => Assert.Empty(RunComparer.Compare([Run("a", 1, 2, 3), Run("b", 1, 2, 3)]).Differences);

    [Fact]
    public void Compare_OtherMachine_IsAWarningWithBothValues()
    {
        var other = Run("b", new RunBuilder { Cores = 8 }, new Measured(Runs.Python, Strategy.Threads, 2, 1, 2, 3));

        var difference = Assert.Single(RunComparer.Compare([Run("a", 1, 2, 3), other]).Differences);

        Assert.Equal(("machine.cores", DifferenceSeverity.Warning), (difference.Field, difference.Severity));
        Assert.Equal(["2", "8"], difference.Values);
        Assert.Equal("The number of processors differs: 2 | 8.", difference.Text);
    }

    [Fact]
    public void Compare_OtherLoadOfTheSpec_IsAWarning()
    {
        var other = Run("b", new RunBuilder { Load = new() { Duration = TimeSpan.FromSeconds(5) } }, new Measured(Runs.Python, Strategy.Threads, 2, 1, 2, 3));

        var differences = RunComparer.Compare([Run("a", 1, 2, 3), other]).Differences;

        Assert.Equal(["load.duration", "load.tasks"], differences.Select(difference => difference.Field));
        Assert.Equal(["", "5s"], differences[0].Values);
        Assert.All(differences, difference => Assert.Equal(DifferenceSeverity.Warning, difference.Severity));
    }

    [Fact]
    public void Compare_OtherCode_TellsItWithoutShowingIt()
    {
        ComparedRun Make(string id, string source) => Run(id, new RunBuilder { Workload = new() { Code = new() { Language = "python", Source = source } } }, new Measured(Runs.Python, Strategy.Threads, 2, 1, 2, 3));

        var difference = Assert.Single(RunComparer.Compare([Make("a", "secret = 1"), Make("b", "secret = 2")]).Differences);

        Assert.Equal("workload.code.source", difference.Field);
        Assert.DoesNotContain("secret", difference.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OtherVersionOfARuntime_IsAlignedAndTold()
    {
        var newer = Run("b", new RunBuilder(), new Measured("python3.13t", Strategy.Threads, 2, 1, 2, 3));

        var comparison = RunComparer.Compare([Run("a", 1, 2, 3), newer]);

        Assert.All(Assert.Single(comparison.Cells).Runs, Assert.NotNull);
        var difference = Assert.Single(comparison.Differences);
        Assert.Equal(["python3.11 3.11.2 with GIL", "python3.13t 3.13.1 without GIL"], difference.Values);
    }

    [Fact]
    public void Compare_CellsThatOneRunHasAlone_AreLeftOutAndCounted()
    {
        var more = Run("b", new RunBuilder(), new Measured(Runs.Python, Strategy.Threads, 2, 1, 2, 3), new Measured(Runs.Python, Strategy.Threads, 4, 1, 2, 3));

        var comparison = RunComparer.Compare([Run("a", 1, 2, 3), more]);

        Assert.Single(comparison.Cells);
        Assert.Equal("1 cell is in all of the runs; a cell that only one of them has is left out.", Assert.Single(comparison.Differences).Text);
    }

    [Fact]
    public void Compare_NoCellInCommon_SaysSo()
    {
        var other = Run("b", new RunBuilder(), new Measured(Runs.Python, Strategy.Processes, 2, 1, 2, 3));

        var comparison = RunComparer.Compare([Run("a", 1, 2, 3), other]);

        Assert.Empty(comparison.Cells);
        Assert.StartsWith("The runs have no cell in common", comparison.Differences[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_MoreOtherWork_IsTold() =>
        Assert.Equal("machine.otherLoad", Assert.Single(RunComparer.Compare([Run("a", 1, 2, 3), Run("b", Load(1), new Measured(Runs.Python, Strategy.Threads, 2, 1, 2, 3))]).Differences).Field);
}
