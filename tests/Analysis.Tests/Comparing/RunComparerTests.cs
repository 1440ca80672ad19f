using Brigade.Analysis.Comparing;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;
using static Brigade.Analysis.Tests.Comparing.Compared;

namespace Brigade.Analysis.Tests.Comparing;

public sealed class RunComparerTests
{
    private static readonly double[] Ten = [100, 101, 99, 100.5, 99.5, 102, 98.5, 100.2, 99.8, 101.5];

    [Fact]
    public void Compare_ASlowerRun_SaysByHowMuchAndWhy()
    {
        var verdict = RunComparer.Compare([Run("a", Ten), Run("b", [.. Ten.Select(value => value * 0.9)])]).Throughput();

        Assert.Equal(Verdict.Slower, verdict.Verdict);
        Assert.InRange(verdict.RelativeShift, -0.11, -0.09);
        Assert.InRange(verdict.Low, -0.13, verdict.RelativeShift);
        Assert.InRange(verdict.High, verdict.RelativeShift, -0.07);
        Assert.InRange(verdict.PValue, 0, 0.001);
        Assert.Equal(-1, verdict.Effect);
        Assert.Equal(0.03, verdict.Floor);
        Assert.StartsWith("The throughput fell by 10", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("beyond the floor of 2.9 %, which is the least that counts", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_HigherLatency_IsSlowerThoughItIsMore()
    {
        Measured Cell(double taskMs) => new(Runs.Python, Strategy.Threads, 2, Ten) { Also = trial => trial with { Latency = trial.Latency with { P99Ms = taskMs + (trial.Repetition * 0.01) } } };

        var verdicts = RunComparer.Compare([Run("a", new RunBuilder(), Cell(20)), Run("b", new RunBuilder(), Cell(25))]).Cells.Single().Verdicts;

        Assert.Equal([(Metrics.Throughput, Verdict.Same), (Metrics.P99, Verdict.Slower)], verdicts.Select(verdict => (verdict.Metric, verdict.Verdict)));
    }

    [Fact]
    public void Compare_ChangeWithinTheFloor_IsTheSameHoweverCertain()
    {
        double[] steady = [100, 100.1, 99.9, 100.05, 99.95, 100.02, 99.98, 100.01, 99.99, 100.03];

        var verdict = RunComparer.Compare([Run("a", steady), Run("b", [.. steady.Select(value => value * 0.98)])]).Throughput();

        Assert.Equal((Verdict.Same, -1.0), (verdict.Verdict, verdict.Effect));
        Assert.True(verdict.PValue < 0.01);
    }

    /// <summary>The bars of the product: at most 1 % of comparisons of equal things differ, and a change of 5 % is found in 95 % with 10 repetitions at 2 % noise.</summary>
    [Fact]
    public void Compare_NoiseOfTwoPercent_FalseAlarmsAndPowerKeepTheirBars()
    {
        var random = new Random(1);
        var (alarms, found, pairs) = (0, 0, 400);
        for (var pair = 0; pair < pairs; pair++)
        {
            var (one, other) = (Noisy(random, 10), Noisy(random, 10));
            alarms += IsDifferent(RunComparer.Compare([Run("a", one), Run("b", other)])) ? 1 : 0;
            found += RunComparer.Compare([Run("a", one), Run("b", [.. other.Select(value => value * 0.95)])]).Throughput().Verdict == Verdict.Slower ? 1 : 0;
        }

        Assert.InRange(alarms, 0, pairs * 0.01);
        Assert.InRange(found, pairs * 0.95, pairs);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Compare_FewRepetitions_KeepTheFalseAlarmsDown(int repetitions)
    {
        var random = new Random(2);
        var alarms = Enumerable.Range(0, 400).Count(_ => IsDifferent(RunComparer.Compare([Run("a", Noisy(random, repetitions)), Run("b", Noisy(random, repetitions))])));

        Assert.InRange(alarms, 0, 4);
    }

    [Fact]
    public void Compare_ThreeRepetitionsHalfAsFast_IsSlower()
    {
        Assert.Equal(Verdict.Slower, RunComparer.Compare([Run("a", 100, 102, 99), Run("b", 50, 51, 49)]).Throughput().Verdict);
        Assert.Equal(0.1, RunComparer.Compare([Run("a", 100, 102, 99), Run("b", 94, 95, 93)]).Throughput().Floor, 9);
    }

    [Fact]
    public void Compare_OneRepetition_IsNotEnough()
    {
        var verdict = RunComparer.Compare([Run("a", 100), Run("b", 50)]).Throughput();

        Assert.Equal((Verdict.NotEnoughData, 1), (verdict.Verdict, verdict.PValue));
        Assert.Contains("One repetition tells nothing", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NoThroughput_IsNotEnough() =>
        Assert.Contains("is 0 in some repetition", RunComparer.Compare([Run("a", 100, 101, 102), Run("b", 0, 0, 0)]).Throughput().Reason, StringComparison.Ordinal);

    [Fact]
    public void Compare_ManyCellsWithoutAChange_StayQuiet()
    {
        var random = new Random(3);
        var alarms = 0;
        for (var pair = 0; pair < 40; pair++)
        {
            ComparedRun Make(string id) => Run(id, new RunBuilder(), [.. Enumerable.Range(1, 20).Select(workers => new Measured(Runs.Python, Strategy.Threads, workers, Noisy(random, 10, noise: 0.05)))]);
            alarms += IsDifferent(RunComparer.Compare([Make("a"), Make("b")])) ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 1);
    }

    [Fact]
    public void Compare_HistoryThatIsNoisy_RaisesTheFloor()
    {
        var runs = new[] { Run("a", Ten), Run("b", [.. Ten.Select(value => value * 0.9)]) };
        var rules = new ComparisonRules { EarlierMedians = (cell, metric) => metric == Metrics.Throughput && cell.Strategy == Strategy.Threads ? [100, 110, 97, 106, 95, 108, 99, 104] : [] };

        var verdict = RunComparer.Compare(runs, rules).Throughput();

        Assert.Equal(Verdict.NotEnoughData, verdict.Verdict);
        Assert.Contains("8 earlier runs", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Slower, RunComparer.Compare(runs, rules with { EarlierMedians = (_, _) => [100, 100.5, 99.8, 100.2, 100.1, 99.9] }).Throughput().Verdict);
    }

    [Fact]
    public void Compare_OtherWorkTookTheProcessors_ExplainsTheChange()
    {
        var slower = Ten.Select(value => value * 0.8).ToArray();

        var taken = RunComparer.Compare([Run("a", new RunBuilder(), Cell(Ten, 0.02, cpu: 1)), Run("b", new RunBuilder(), Cell(slower, 0.6, cpu: 0.8))]).Throughput();
        var quiet = RunComparer.Compare([Run("a", new RunBuilder(), Cell(Ten, 0.02, cpu: 1)), Run("b", new RunBuilder(), Cell(slower, 0.02, cpu: 0.8))]).Throughput();
        var busy = RunComparer.Compare([Run("a", new RunBuilder(), Cell(Ten, 1.8, cpu: 1)), Run("b", new RunBuilder(), Cell(slower, 1.8, cpu: 1))]).Throughput();

        Assert.Equal([Verdict.NotEnoughData, Verdict.Slower, Verdict.NotEnoughData], [taken.Verdict, quiet.Verdict, busy.Verdict]);
        Assert.Contains("because of the other work on the processors", taken.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_FiguresThatDriftWithinARun_RaiseTheFloor()
    {
        var falling = Enumerable.Range(0, 10).Select(i => 100 - (2.0 * i)).ToArray();

        Assert.InRange(RunComparer.Compare([Run("a", Ten), Run("b", falling)]).Throughput().Floor, 0.19, 0.21);
    }

    [Fact]
    public void Compare_ThreeRuns_ComparesEachWithTheFirst()
    {
        var comparison = RunComparer.Compare([Run("a", Ten), Run("b", [.. Ten.Select(value => value * 0.8)]), Run("c", [.. Ten.Select(value => value * 1.3)])]);

        Assert.Equal([Verdict.Slower, Verdict.Faster], [comparison.Throughput(run: 1).Verdict, comparison.Throughput(run: 2).Verdict]);
        Assert.Equal(["a", "b", "c"], comparison.Runs.Select(run => run.Id));
    }

    [Fact]
    public void Compare_OneRun_HasItsCellsAndNoVerdict()
    {
        var cell = Assert.Single(RunComparer.Compare([Run("a", Ten)]).Cells);

        Assert.Empty(cell.Verdicts);
        Assert.Equal(("python3.11 · threads × 2", 10, 100.1), (cell.Label, cell.Runs[0]!.Completed, Math.Round(cell.Runs[0]!.Throughput.Median, 3)));
    }

    [Fact]
    public void Compare_Results_AsTheRunsThatTheyAreOf()
    {
        Measured Cell(double factor) => new(Runs.Python, Strategy.Threads, 2, [.. Ten.Select(value => value * factor)]);

        var comparison = RunComparer.Compare([("a.json", Result(Cell(1))), ("b.json", Result(Cell(0.9)))]);

        Assert.Equal(Verdict.Slower, comparison.Throughput().Verdict);
        Assert.Empty(comparison.Differences);
        Assert.Equal(["a.json", "b.json"], comparison.Runs.Select(run => run.Id));
    }

    [Fact]
    public void Compare_AllCellsSlowerAlike_SaysToLookAtTheMachine()
    {
        ComparedRun Make(string id, double factor) => Run(id, new RunBuilder(), [.. Enumerable.Range(1, 4).Select(workers => new Measured(Runs.Python, Strategy.Threads, workers, [.. Ten.Select(value => value * factor)]))]);

        var difference = Assert.Single(RunComparer.Compare([Make("a", 1), Make("b", 0.9)]).Differences);

        Assert.StartsWith("All 4 cells became slower alike", difference.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_TrialsThatFailed_DoNotCount()
    {
        var failed = Run("b", new RunBuilder(), new Measured(Runs.Python, Strategy.Threads, 2, Ten) { Status = TrialStatus.Failed });

        Assert.Equal("No repetition completed.", RunComparer.Compare([Run("a", Ten), failed]).Throughput().Reason);
    }

    private static bool IsDifferent(Comparison comparison) => comparison.Cells.Any(cell => cell.Verdicts.Any(verdict => verdict.Verdict is Verdict.Faster or Verdict.Slower));
}
