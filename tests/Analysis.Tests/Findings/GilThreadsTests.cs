using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class GilThreadsTests
{
    [Fact]
    public void Find_PythonThreadsForPrimes_SaysThatTheGilLetsOneRun()
    {
        var finding = Assert.Single(Runs.PythonPrimes().Findings("gil-threads"));

        Assert.Equal("Python's threads do not scale here: 2 threads did 1.02 times the work of one, because the GIL lets one thread run Python code at a time (they used 1.01 of 2 processors).", finding.Text);
        Assert.Equal(2, finding.Evidence["cells"]!.AsArray().Count);
        Assert.Equal(1.02, finding.Evidence["cells"]![0]!["speedup"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("dotnet", 1.02, 1.01)] // no GIL
    [InlineData("python3.13t", 1.02, 1.01)] // without its GIL
    [InlineData("python3.11", 1.6, 1.01)] // scales
    [InlineData("python3.11", 1.1, 1.9)] // used both processors: something else is in the way
    public void Find_NotTheGil_Nothing(string runtime, double speedup, double cpu) =>
        Assert.Empty(new RunBuilder().Add(new(runtime, Strategy.Sequential, 1, 100), new(runtime, Strategy.Threads, 2, 100 * speedup) { Cpu = cpu }).Findings("gil-threads"));

    [Fact]
    public void Find_NoisyRepetitions_SaidWithARoughFactor() => Assert.Equal(
        "Python's threads do not scale here: 2 threads did about 1.1 times the work of one, because the GIL lets one thread run Python code at a time (they used 0.98 of 2 processors). "
        + "One processor cannot do more work than it does one after the other, so what looks like a gain is noise. The factor is rough: the repetitions allow 0.727 to 1.88.",
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 100, 80, 110), new("python3.11", Strategy.Threads, 2, 110, 80, 150) { Cpu = 0.98 }).Findings("gil-threads")).Text);

    [Fact]
    public void Find_OtherWorkTookTheProcessor_OnlySeems() => Assert.Equal(
        "Python's threads do not scale here, as far as a busy machine shows: 2 threads did 0.60 times the work of one, as it is where the GIL lets one thread run Python code at a time "
        + "(they used 0.6 of 2 processors, so other work may have had its part).",
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 100, 100), new("python3.11", Strategy.Threads, 2, 60, 60) { Cpu = 0.6 }).Findings("gil-threads")).Text);

    [Fact]
    public void Find_OtherWorkTookNearlyEverything_OnlySeems() => Assert.StartsWith(
        "Python's threads do not scale here, as far as a busy machine shows: ",
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 40, 40) { Cpu = 0.4, Voluntary = 10, Involuntary = 200 }, new("python3.11", Strategy.Threads, 2, 40, 40) { Cpu = 0.4 }).Findings("gil-threads")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_OtherWorkTookFromBoth_StillAFairComparison() => Assert.StartsWith(
        "Python's threads do not scale here: 2 threads did 1.00 times the work of one, because",
        Assert.Single(new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 60, 60) { Cpu = 0.8 }, new("python3.11", Strategy.Threads, 2, 60, 60) { Cpu = 0.7 }).Findings("gil-threads")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_OneRepetition_SaysSo() => Assert.EndsWith(
        "It rests on one repetition, which does not tell how much the factor varies.",
        Assert.Single(new RunBuilder().Add(new("python3.11", Strategy.Sequential, 1, 100), new("python3.11", Strategy.Threads, 2, 101)).Findings("gil-threads")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_PoolScalesButThreadsDoNot_OneVerdictForTheGroup()
    {
        var result = new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 100, 100), new("python3.11", Strategy.Threads, 2, 101, 101), new("python3.11", Strategy.Pool, 2, 190, 190) { Cpu = 1.9 }).Build();

        Assert.Contains(result.Findings, finding => finding.Id == "gil-threads");
        Assert.DoesNotContain(result.Findings, finding => finding.Id == "threads-scale");
    }

    [Fact]
    public void Find_SweptParameters_NamesThem()
    {
        Dictionary<string, ParameterValue> other = new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(9) };
        var run = new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 100, 100), new("python3.11", Strategy.Threads, 2, 101, 101),
            new("python3.11", Strategy.Sequential, 1, 200, 200) { Params = other, TaskMs = 5 }, new("python3.11", Strategy.Threads, 2, 380, 380) { Params = other, TaskMs = 5, Cpu = 1.9 });

        Assert.StartsWith("Python's threads do not scale here (limit = 2000): ", Assert.Single(run.Findings("gil-threads")).Text, StringComparison.Ordinal);
        Assert.StartsWith("Python's threads scale here (limit = 9): ", Assert.Single(run.Findings("threads-scale")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TasksWait_Nothing() => Assert.Empty(new RunBuilder().Add(
        new("python3.11", Strategy.Sequential, 1, 20) { Cpu = 0.01, TaskMs = 50 }, new("python3.11", Strategy.Threads, 2, 21) { Cpu = 0.01, TaskMs = 50 }).Findings("gil-threads"));

    [Fact]
    public void Find_OneProcessor_Nothing() => Assert.Empty(Runs.PythonPrimes(cores: 1).Findings("gil-threads"));

    [Fact]
    public void Find_TwoPythons_NamesTheVersion()
    {
        var finding = Assert.Single(Runs.PythonPrimes().Add(new Measured("python3.13t", Strategy.Sequential, 1, 90)).Findings("gil-threads"));

        Assert.StartsWith("Python 3.11's threads do not scale", finding.Text, StringComparison.Ordinal);
    }
}
