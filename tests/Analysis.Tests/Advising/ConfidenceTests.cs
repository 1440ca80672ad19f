using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Advising;

public sealed class ConfidenceTests
{
    private static readonly Measured Sequential = new("dotnet", Strategy.Sequential, 1, 100, 100, 100);
    private static readonly Measured Threads = new("dotnet", Strategy.Threads, 2, 190, 190, 190) { Cpu = 1.9 };

    [Fact]
    public void Of_NoDoubts_MostAndNothingSaid()
    {
        var advice = new RunBuilder().Add(Sequential, Threads).Build().Advice!;

        Assert.Equal(0.95, advice.Confidence);
        Assert.DoesNotContain("Less certain", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneRepetition_Lower() => Check(0.65, "it rests on 1 repetition", new RunBuilder().Add(Sequential, Threads with { Throughputs = [190] }));

    [Fact]
    public void Of_NoisyChoice_Lower() => Check(0.75, "its repetitions differ by", new RunBuilder().Add(Sequential, Threads with { Throughputs = [160, 190, 215] }));

    [Fact]
    public void Of_LoadedMachine_Lower() => Check(0.85, "because about 1.2 of 2 processors were busy with other work when the run began", new RunBuilder { OtherLoad = 1.2 }.Add(Sequential, Threads));

    [Fact]
    public void Of_LittleOtherWork_NoDoubt() => Assert.Equal(0.95, new RunBuilder { OtherLoad = 0.5 }.Add(Sequential, Threads).Build().Advice!.Confidence);

    [Fact]
    public void Of_CancelledRun_Lower() => Check(0.85, "the run did not complete", new RunBuilder { Status = RunStatus.Cancelled }.Add(Sequential, Threads));

    [Fact]
    public void Of_CellWithoutFigures_Lower() => Check(0.85, "some cells have no figures", new RunBuilder().Add(Sequential, Threads, Threads with { Strategy = Strategy.Pool, Status = TrialStatus.Failed }));

    [Fact]
    public void Of_ResultsDoNotAgree_MuchLower() => Check(0.45, "the results of the tasks do not agree", new RunBuilder().Add(Sequential, Threads with { Checksum = "0000000000000008" }));

    [Fact]
    public void Of_NearABorder_Lower() => Check(0.8, "near the border of two classes", new RunBuilder().Add(Sequential with { Cpu = 0.82 }, Threads));

    [Fact]
    public void Of_RuntimesOfOtherClass_Lower() =>
        Check(0.8, "the class differs", new RunBuilder().Add(Sequential, Threads, Sequential with { Runtime = "python3.11", Cpu = 0.3, TaskMs = 20 }));

    [Fact]
    public void Of_ImplausibleCell_Lower() => Check(0.85, "implausible speed-up", new RunBuilder().Add(Sequential, Threads, Threads with { Strategy = Strategy.Pool, Throughputs = [300, 300, 300] }));

    [Fact]
    public void Of_ManyDoubts_NotBelowATenth() => Assert.Equal(0.1, new RunBuilder { OtherLoad = 2, Status = RunStatus.Lost }.Add(
        Sequential with { Throughputs = [100] }, Threads with { Throughputs = [190], Checksum = "0000000000000008" }, Sequential with { Runtime = "python3.11", Cpu = 0.3, TaskMs = 20 }).Build().Advice!.Confidence);

    private static void Check(double confidence, string reason, RunBuilder run)
    {
        var advice = run.Build().Advice!;
        Assert.Equal(confidence, advice.Confidence);
        Assert.Contains(reason, advice.Because, StringComparison.Ordinal);
    }
}
