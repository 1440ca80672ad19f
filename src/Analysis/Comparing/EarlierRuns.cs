using Brigade.Analysis.Statistics;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Comparing;

/// <summary>Earlier runs of an experiment as what <see cref="ComparisonRules.EarlierMedians"/> asks for.</summary>
public static class EarlierRuns
{
    /// <param name="results">Oldest first, of the machine that the compared runs were measured on.</param>
    public static Func<Cell, string, IReadOnlyList<double>> Medians(IReadOnlyList<RunResult> results)
    {
        var medians = new Dictionary<(string Cell, string Metric), List<double>>();
        foreach (var cell in results.SelectMany(result => MeasuredRun.Of("", result).Cells).Where(cell => cell.Repetitions.Count > 0))
        {
            foreach (var metric in Metrics.All)
            {
                var key = (CellKey.OfKind(cell.Cell), metric);
                if (!medians.TryGetValue(key, out var list))
                    medians[key] = list = [];
                list.Add(Median.Of(cell.Values(metric)));
            }
        }
        return (cell, metric) => medians.TryGetValue((CellKey.OfKind(cell), metric), out var list) ? list : [];
    }
}
