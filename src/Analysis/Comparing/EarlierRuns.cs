using Brigade.Analysis.Statistics;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Comparing;

/// <summary>Earlier runs of an experiment as what <see cref="ComparisonRules.EarlierMedians"/> asks for.</summary>
public static class EarlierRuns
{
    /// <summary>
    /// Of a cell with the same runtime; where no result has one, of the one cell of its runtime's kind. A result that has two of that kind, such as <c>python3.13</c> and
    /// <c>python3.13t</c>, leaves a choice, and then there are none.
    /// </summary>
    /// <param name="results">Oldest first, of the machine that the compared runs were measured on.</param>
    public static Func<Cell, string, IReadOnlyList<double>> Medians(IReadOnlyList<RunResult> results)
    {
        var cells = results.SelectMany((result, at) => MeasuredRun.Of("", result).Cells.Where(cell => cell.Repetitions.Count > 0).Select(cell => (Result: at, Cell: cell))).ToArray();
        var same = cells.ToLookup(pair => CellKey.Of(pair.Cell.Cell), pair => pair.Cell, StringComparer.Ordinal);
        var ofKind = cells.GroupBy(pair => CellKey.OfKind(pair.Cell.Cell), StringComparer.Ordinal)
            .Where(kind => kind.DistinctBy(pair => pair.Result).Count() == kind.Count())
            .SelectMany(kind => kind, (kind, pair) => (kind.Key, pair.Cell))
            .ToLookup(pair => pair.Key, pair => pair.Cell, StringComparer.Ordinal);
        return (cell, metric) => [.. (same.Contains(CellKey.Of(cell)) ? same[CellKey.Of(cell)] : ofKind[CellKey.OfKind(cell)]).Select(earlier => Median.Of(earlier.Values(metric)))];
    }
}
