using Brigade.Analysis.Statistics;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Comparing;

/// <summary>
/// Compares runs cell by cell. A change is told only where it is certain and large enough: the Mann-Whitney test, corrected for the number of tests by Benjamini and Hochberg, says that
/// it is no accident of the repetitions, and the Hodges-Lehmann shift is beyond a floor that holds what makes two runs differ although nothing changed.
/// </summary>
public static class RunComparer
{
    /// <summary>Compares each run with the first one. The same runs give the same comparison.</summary>
    /// <param name="runs">At least one; the first is the base.</param>
    public static Comparison Compare(IReadOnlyList<ComparedRun> runs, ComparisonRules? rules = null) => Compare([.. runs.Select(MeasuredRun.Of)], rules);

    /// <summary>The same for results as <c>brigade run --json</c> writes them.</summary>
    /// <param name="runs">Each with a name that tells it apart, such as its file's.</param>
    public static Comparison Compare(IReadOnlyList<(string Id, RunResult Result)> runs, ComparisonRules? rules = null) =>
        Compare([.. runs.Select(run => MeasuredRun.Of(run.Id, run.Result))], rules);

    private static Comparison Compare(MeasuredRun[] runs, ComparisonRules? rules)
    {
        if (runs.Length == 0)
            throw new ArgumentException("A comparison needs at least one run.", nameof(runs));

        rules ??= ComparisonRules.Default;
        var rows = CellAligner.Align(runs).Where(row => runs.Length == 1 || row.Count(cell => cell is not null) > 1).ToArray();
        var pending = rows.Select(row => Pending(row, runs, rules).ToArray()).ToArray();
        var testable = pending.SelectMany(verdicts => verdicts).Where(verdict => verdict.IsTestable).ToArray();
        var adjusted = testable.Zip(BenjaminiHochberg.Adjust([.. testable.Select(verdict => verdict.PValue(testable.Length, rules))])).ToDictionary(pair => pair.First, pair => pair.Second);

        var swept = CellName.Swept(rows.SelectMany(row => row.OfType<MeasuredCell>()).Select(cell => cell.Cell));
        var cells = rows.Select((row, at) => new ComparedCell(
            CellName.Of(First(row).Cell, swept),
            First(row).Cell,
            [.. row.Select(cell => cell is null ? null : Measurements(cell))],
            [.. pending[at].Select(verdict => verdict.Decide(adjusted.GetValueOrDefault(verdict, 1), rules))])).ToArray();
        return new([.. runs.Select(run => run.Name)], [.. Differences.Between(runs, rows), .. CommonShift.Of(runs.Length, cells)], cells);
    }

    private static MeasuredCell First(IReadOnlyList<MeasuredCell?> row) => row.OfType<MeasuredCell>().First();

    private static IEnumerable<PendingVerdict> Pending(IReadOnlyList<MeasuredCell?> row, MeasuredRun[] runs, ComparisonRules rules)
    {
        if (row[0] is not { } first)
            yield break;
        for (var run = 1; run < runs.Length; run++)
        {
            if (row[run] is not { } other)
                continue;
            var machine = new MachineNoise(runs[0].Machine, runs[run].Machine);
            foreach (var metric in Metrics.All)
                yield return new(run, metric, first.Values(metric), other.Values(metric), Floor.Of(metric, first, other, machine, rules));
        }
    }

    private static CellMeasurements Measurements(MeasuredCell cell) => new(
        cell.Index,
        cell.Cell.Runtime,
        cell.Repetitions.Count,
        cell.Repetitions.Sum(repetition => repetition.Tasks) is > 0 and var tasks ? (double)cell.Repetitions.Sum(repetition => repetition.Errors) / tasks : 0,
        Values(cell.Values(Metrics.Throughput), cell.Index),
        Values(cell.Values(Metrics.P99), cell.Index));

    private static MetricValues Values(IReadOnlyList<double> values, int seed)
    {
        var interval = BootstrapInterval.OfMedian(values, seed);
        return new(Median.Of(values), interval.Low, interval.High, values);
    }
}
