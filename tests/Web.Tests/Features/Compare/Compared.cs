using Brigade.Analysis.Comparing;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Features.Compare;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Compare;

/// <summary>Comparisons made by hand: what they hold is what a test says, not what statistics find.</summary>
internal static class Compared
{
    private static readonly IReadOnlyDictionary<string, ParameterValue> NoParams = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);

    public static Cell Cell(int workers, Strategy strategy = Strategy.Threads) => new("python3.11", strategy, workers, null, null, null, 0, NoParams);

    /// <summary>Runs with so many cells (threads with 1, 2, … workers), each measured twice.</summary>
    public static IReadOnlyList<ComparedSide> Sides(int count, int cells = 2) => [.. Enumerable.Range(0, count).Select(number => new ComparedSide(number, Run(cells), null, $"run {number}"))];

    public static MeasuredRun Run(int cells, Guid? id = null)
    {
        var plan = new TrialPlan(
            [.. Enumerable.Range(1, cells).Select(workers => Cell(workers))],
            [.. Enumerable.Range(0, cells * 2).Select(index => new PlannedTrial(index, index % cells, 1 + (index / cells)))], 42, []);
        var detail = Given.Run(id ?? Guid.NewGuid(), RunStatus.Completed) with { Machine = Given.Machine, Plan = plan };
        return new MeasuredRun(detail, [.. plan.Trials.Select(trial => Given.Result(trial.Index) with { Cell = trial.Cell, Repetition = trial.Repetition })]);
    }

    /// <summary>One verdict of throughput for each cell and run, and one of p99 that says the same nothing.</summary>
    /// <param name="verdicts">For each cell one for each run but the first.</param>
    public static Comparison Comparison(params Verdict[][] verdicts) => new(
        [.. Enumerable.Range(0, verdicts[0].Length + 1).Select(run => new ComparedName($"id{run}", $"run {run}", Given.Noon))],
        [],
        [.. verdicts.Select((cell, index) => new ComparedCell(
            $"python3.11 · threads × {index + 1}", Cell(index + 1),
            [.. Enumerable.Range(0, cell.Length + 1).Select(run => Measurements(index, 100 * (index + 1) * (run + 1)))],
            [.. cell.SelectMany((verdict, run) => new[] { Verdict(run + 1, Metrics.Throughput, verdict), Verdict(run + 1, Metrics.P99, Analysis.Comparing.Verdict.Same) })]))]);

    public static CellVerdict Verdict(int run, string metric, Verdict verdict) =>
        new(run, metric, verdict, verdict == Analysis.Comparing.Verdict.Slower ? -0.12 : verdict == Analysis.Comparing.Verdict.Faster ? 0.2 : 0.01, -0.15, 0.3, 0.001, -1, 0.03, $"It is {verdict}.");

    public static CellMeasurements Measurements(int cell, double median) => new(
        cell, "python3.11", 2, 0, new MetricValues(median, median - 5, median + 5, [median - 5, median + 5]), new MetricValues(7, 6, 8, [6, 8]));
}
