using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests;

public sealed class ResultBuilderTests
{
    [Fact]
    public void Build_TrialsThatWereNotNeeded_AreInNoFigureAndInANote()
    {
        var result = new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, 100, 102, 0) { Also = trial => trial.Repetition == 3 ? trial with { Status = TrialStatus.Skipped } : trial }).Build();

        Assert.Equal((2, 101.0), (result.Cells[0].Completed, result.Cells[0].Median.ThroughputPerSecond));
        Assert.Contains("1 trial of 1 cell was not needed, because stop.relativeError was reached before.", result.Notes, StringComparer.Ordinal);
        Assert.Equal(3, result.Trials.Count);
        Assert.DoesNotContain(result.Findings, finding => finding.Id is "trials-failed");
    }

    [Fact]
    public void Build_TrialsInAnyOrder_RowsInOrderOfIndex()
    {
        var run = new RunBuilder().Add(new("dotnet", Strategy.Sequential, 1, 100, 101), new("dotnet", Strategy.Threads, 2, 190, 191));

        var result = ResultBuilder.Build(run.Spec, RunStatus.Completed, run.Machine, run.Plan(), run.Trials().Reverse().ToArray());

        Assert.Equal([0, 1, 2, 3], result.Trials.Select(row => row.Index));
        Assert.Equal([Strategy.Sequential, Strategy.Threads, Strategy.Sequential, Strategy.Threads], result.Trials.Select(row => row.Strategy));
        Assert.Equal([100, 190, 101, 191], result.Trials.Select(row => row.ThroughputPerSecond));
    }

    [Fact]
    public void Build_ThreeRepetitions_MediansIntervalSpeedupEfficiency()
    {
        var result = new RunBuilder().Add(new("dotnet", Strategy.Sequential, 1, 90, 100, 130), new("dotnet", Strategy.Threads, 2, 150, 200, 160) { Cpu = 1.9 }).Build();

        var threads = result.Cells[1];
        Assert.Equal(3, threads.Completed);
        Assert.Equal(160, threads.Median.ThroughputPerSecond);
        Assert.Equal(1.9, threads.Median.CpuUtilisation, 9);
        Assert.Equal(new CellInterval(150, 200), threads.Interval);
        Assert.Equal(1.6, threads.Speedup!.Value, 9);
        Assert.Equal(0.8, threads.Efficiency!.Value, 9);
        Assert.Equal(1, result.Cells[0].Speedup);
    }

    [Fact]
    public void Build_OneRepetition_BothEndsOfTheIntervalEqual()
    {
        var cell = Assert.Single(new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, 90)).Build().Cells);

        Assert.Equal(new CellInterval(90, 90), cell.Interval);
    }

    [Fact]
    public void Build_NoSequentialCell_SpeedupOverTheSameStrategysOneWorkerCell()
    {
        var result = new RunBuilder().Add(
            new("dotnet", Strategy.Threads, 1, 100), new("dotnet", Strategy.Threads, 2, 180), new("dotnet", Strategy.Pool, 2, 170)).Build();

        Assert.Equal([1, 1.8, null], result.Cells.Select(cell => cell.Speedup));
        Assert.Equal([1, 0.9, null], result.Cells.Select(cell => cell.Efficiency));
    }

    [Fact]
    public void Build_SweptParameters_SpeedupWithinTheSameParametersAndRuntime()
    {
        var (small, large) = (Limit(10), Limit(1_000));
        var result = new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 1_000) { Params = small }, new("dotnet", Strategy.Sequential, 1, 100) { Params = large },
            new("dotnet", Strategy.Threads, 2, 190) { Params = Limit(1_000) }, new("python3.11", Strategy.Threads, 2, 190) { Params = large }).Build();

        Assert.Equal([1, 1, 1.9, null], result.Cells.Select(cell => cell.Speedup));
    }

    [Fact]
    public void Build_PayloadsWithASequentialCellEach_SpeedupOverTheSamePayload()
    {
        var result = new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Sequential, 1, 50) { PayloadBytes = 65_536 }, new("dotnet", Strategy.Processes, 2, 75) { PayloadBytes = 65_536 }).Build();

        Assert.Equal(1.5, result.Cells[2].Speedup);
    }

    [Fact]
    public void Build_SpecSaysPython_CellsAndRowsNameTheInterpreter()
    {
        var result = new RunBuilder().Add(new Measured("python", Strategy.Sequential, 1, 100), new Measured("python", Strategy.Threads, 2)).Build();

        Assert.All(result.Cells, cell => Assert.Equal("python3.11", cell.Cell.Runtime));
        Assert.Equal("python3.11", result.Trials[0].Runtime);
    }

    [Fact]
    public void Build_SomeRepetitionsFailed_FiguresOverTheCompletedOnes()
    {
        var run = new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, 100, 5, 110));
        var trials = run.Trials().Select(trial => trial.Repetition == 2 ? trial with { Status = TrialStatus.TimedOut, Failure = "no record for 60 s" } : trial).ToArray();

        var result = ResultBuilder.Build(run.Spec, RunStatus.Completed, run.Machine, run.Plan(), trials);

        Assert.Equal(2, result.Cells[0].Completed);
        Assert.Equal(105, result.Cells[0].Median.ThroughputPerSecond);
        Assert.Equal(3, result.Trials.Count);
    }

    [Fact]
    public void Build_AllTrialsFailed_ZeroFiguresNoSpeedupNoAdvice()
    {
        var result = new RunBuilder { Status = RunStatus.Failed }.Add(
            new("dotnet", Strategy.Sequential, 1, 0, 0) { Status = TrialStatus.Failed, Failure = "it crashed" }, new("dotnet", Strategy.Threads, 2, 0) { Status = TrialStatus.Failed }).Build();

        Assert.All(result.Cells, cell => Assert.Equal((0, 0.0, null), (cell.Completed, cell.Median.ThroughputPerSecond, cell.Speedup)));
        Assert.Null(result.Advice);
        Assert.Contains(result.Findings, finding => finding.Id == "trials-failed");
    }

    [Fact]
    public void Build_ZeroThroughput_NoSpeedupAgainstItAndNoAdvice()
    {
        var result = new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 0, 0) { Errors = 200 }, new("dotnet", Strategy.Threads, 2, 0, 0) { Errors = 200 }).Build();

        Assert.All(result.Cells, cell => Assert.Null(cell.Speedup));
        Assert.Null(result.Advice);
    }

    [Fact]
    public void Build_EmptyPlan_EmptyResult()
    {
        var result = new RunBuilder().Build();

        Assert.Empty(result.Cells);
        Assert.Empty(result.Trials);
        Assert.Empty(result.Findings);
        Assert.Null(result.Advice);
    }

    [Fact]
    public void Build_CancelledWithAPartOfTheTrials_KeepsWhatWasMeasured()
    {
        var run = new RunBuilder { Status = RunStatus.Cancelled }.Add(
            new("dotnet", Strategy.Sequential, 1, 100, 100), new("dotnet", Strategy.Threads, 2, 190, 190), new("dotnet", Strategy.Async, 2, 100, 100));

        var result = ResultBuilder.Build(run.Spec, RunStatus.Cancelled, run.Machine, run.Plan(), run.Trials().Take(2).ToArray());

        Assert.Equal([1, 1, 0], result.Cells.Select(cell => cell.Completed));
        Assert.Equal(RunStatus.Cancelled, result.Status);
        Assert.Equal(Strategy.Threads, result.Advice!.Strategy);
        Assert.DoesNotContain(result.Findings, finding => finding.Id == "trials-failed");
    }

    [Fact]
    public void Build_TrialOfAnUnknownCell_LeftOutAndNoted()
    {
        var run = new RunBuilder { Notes = ["folded"] }.Add(new Measured("dotnet", Strategy.Sequential, 1, 100));

        var result = ResultBuilder.Build(run.Spec, RunStatus.Completed, run.Machine, run.Plan(), [.. run.Trials(), run.Trials()[0] with { Cell = 9 }]);

        Assert.Single(result.Trials);
        Assert.Equal(["folded", "1 trial left out, because the plan has no such cell."], result.Notes);
    }

    [Fact]
    public void Build_Twice_GivesTheSame()
    {
        RunBuilder Run() => new RunBuilder().Add(new Measured("dotnet", Strategy.Sequential, 1, 100, 120, 90, 140, 99, 101, 97));

        Assert.Equal(Run().Build().Cells[0].Interval, Run().Build().Cells[0].Interval);
    }

    private static Dictionary<string, ParameterValue> Limit(long limit) => new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(limit) };

    [Fact]
    public void Build_ImportedRun_HasCellsAndIntervalsButNoSpeedupFindingsOrAdvice()
    {
        var result = new RunBuilder { Workload = new() { Imported = "hyperfine" } }.Add(
            new(Runs.Python, Strategy.Sequential, 1, 100, 101, 99),
            new(Runs.Python, Strategy.Threads, 2, 102, 103, 101) { Errors = 5 }).Build();

        Assert.Equal([100, 102], result.Cells.Select(cell => cell.Median.ThroughputPerSecond));
        Assert.All(result.Cells, cell => Assert.Null(cell.Speedup));
        Assert.Empty(result.Findings);
        Assert.Null(result.Advice);
    }
}
