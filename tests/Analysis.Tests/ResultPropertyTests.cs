using System.Text.Json;
using Brigade.Analysis.View;
using Brigade.Contracts;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using CsCheck;
using Xunit;

namespace Brigade.Analysis.Tests;

/// <summary>What holds for every run, however odd: most of the runs drawn here could not be measured.</summary>
public sealed class ResultPropertyTests
{
    private static readonly Gen<Measured> Cells =
        from runtime in AnyOf("dotnet", "python", "python3.11", "python3.13t", "cobol")
        from strategy in Gen.Enum<Strategy>()
        from workers in Gen.Int[1, 8]
        from throughputs in Gen.OneOf(Gen.Double[0.001, 100_000], Gen.Const(0.0)).Array[0, 4]
        from cpu in Gen.Double[0, 3]
        from taskMs in Gen.Double[0, 100]
        from status in Gen.Frequency((8, Gen.Const(TrialStatus.Completed)), (1, Gen.Const(TrialStatus.Failed)), (1, Gen.Const(TrialStatus.Cancelled)), (1, Gen.Const(TrialStatus.TimedOut)))
        from errors in Gen.OneOf(Gen.Const(0L), Gen.Long[0, 200])
        from limit in Gen.Long[1, 2]
        from checksum in AnyOf("", "00000000000000aa", "00000000000000bb")
        select new Measured(runtime, strategy, strategy == Strategy.Sequential ? 1 : workers, throughputs)
        {
            Cpu = cpu, TaskMs = taskMs, Status = status, Errors = errors, Checksum = checksum, Params = new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(limit) },
        };

    private static readonly Gen<RunBuilder> AnyRun =
        from cells in Cells.Array[0, 8]
        from seed in Gen.Int
        from cores in Gen.Int[0, 4]
        from status in Gen.Enum<RunStatus>()
        select new RunBuilder { Seed = seed, Cores = cores, Status = status, Thresholds = ["throughput > 10/s", "errors.ratio < 1%"] }.Add(cells);

    [Fact]
    public void Build_AnyRun_IntervalHoldsTheMedian() => AnyRun.Sample(run => run.Build().Cells.All(cell =>
        cell.Interval.Low <= cell.Median.ThroughputPerSecond && cell.Median.ThroughputPerSecond <= cell.Interval.High
        && (cell.Completed != 1 || cell.Interval.Low == cell.Interval.High)));

    [Fact]
    public void Build_AnyRun_EfficiencyIsSpeedupOverWorkers() => AnyRun.Sample(run => run.Build().Cells.All(cell =>
        cell.Efficiency.HasValue == cell.Speedup.HasValue && cell.Efficiency.GetValueOrDefault() == cell.Speedup.GetValueOrDefault() / cell.Cell.Workers));

    [Fact]
    public void Build_AnyRun_RowsAndCellsMatchThePlan() => AnyRun.Sample(run =>
    {
        var (plan, result) = (run.Plan(), run.Build());
        return result.Cells.Count == plan.Cells.Count
            && result.Trials.Select(row => row.Index).SequenceEqual(plan.Trials.Select(trial => trial.Index))
            && result.Cells.Sum(cell => cell.Completed) == result.Trials.Count(row => row.Status == TrialStatus.Completed);
    });

    [Fact]
    public void Build_AnyRun_AdviceNamesAMeasuredCellAndAConfidence() => AnyRun.Sample(run =>
    {
        var result = run.Build();
        return result.Advice is not { } advice
            || (advice.Confidence is >= 0.1 and <= 0.95 && advice.Class is "cpu-bound" or "fast-io" or "slow-io" or "mixed" && advice.Because.EndsWith('.')
                && result.Cells.Any(cell => cell.Completed > 0 && cell.Cell.Runtime == advice.Runtime && cell.Cell.Strategy == advice.Strategy && cell.Cell.Workers == advice.Workers));
    });

    [Fact]
    public void Build_AnyRun_SameInputGivesTheSameJsonThatReadsBack() => AnyRun.Sample(run =>
    {
        var json = JsonSerializer.Serialize(run.Build(), BrigadeJson.Options);
        return json == JsonSerializer.Serialize(run.Build(), BrigadeJson.Options)
            && json == JsonSerializer.Serialize(JsonSerializer.Deserialize<RunResult>(json, BrigadeJson.Options), BrigadeJson.Options);
    });

    [Fact]
    public void Build_AnyRun_FindingsHaveKnownSeveritiesWorstFirst() => AnyRun.Sample(run =>
    {
        var ranks = run.Build().Findings.Select(finding => Array.IndexOf(["error", "warning", "info"], finding.Severity)).ToArray();
        return !ranks.Contains(-1) && ranks.SequenceEqual(ranks.Order());
    });

    [Fact]
    public void Build_AnyRun_ThreadsNeverBothScaleAndDoNotInOneGroup() => AnyRun.Sample(run =>
    {
        var result = run.Build();
        var groups = result.Findings.Where(finding => finding.Id is "gil-threads" or "threads-scale").SelectMany(finding => finding.Evidence["cells"]!.AsArray()
            .Select(cell => result.Cells[cell!["cell"]!.GetValue<int>()].Cell).Select(cell => (finding.Id, Work: (cell.Runtime, Naming.Parameters(cell.Params)))));
        return groups.Distinct().CountBy(pair => pair.Work).All(work => work.Value == 1);
    });

    private static Gen<string> AnyOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
