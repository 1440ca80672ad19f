using Brigade.Analysis.Reports.Svg;
using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Reports.Html;

/// <summary>The pictures of a run; each says the same as the table does.</summary>
internal static class RunCharts
{
    /// <summary>More bars than this show nothing.</summary>
    public const int MostCells = 60;

    /// <summary>Throughput by cell; null where nothing was measured.</summary>
    public static string? Throughput(IReadOnlyList<CellResult> cells, IReadOnlySet<string> swept)
    {
        var bars = cells.Where(cell => cell.Completed > 0).Take(MostCells).Select(cell => new BarItem(
            CellName.Of(cell.Cell, swept), Class(cell.Cell), cell.Median.ThroughputPerSecond, cell.Completed > 1 ? cell.Interval.Low : 0, cell.Completed > 1 ? cell.Interval.High : 0, ReportText.Rate(cell.Median.ThroughputPerSecond))).ToArray();
        return bars.Length == 0 ? null : BarChart.Draw(bars, $"Bar chart: throughput of {bars.Length} cells; the table of results has the same figures");
    }

    /// <summary>Latency by cell; null where no cell has any.</summary>
    public static string? Latency(IReadOnlyList<CellResult> cells, IReadOnlySet<string> swept)
    {
        var items = cells.Where(cell => cell.Completed > 0 && cell.Median.P50Ms > 0).Take(MostCells).Select(cell => new RangeItem(
            CellName.Of(cell.Cell, swept), Class(cell.Cell), cell.Median.P50Ms!.Value, AtLeast(cell.Median.P50Ms, cell.Median.P95Ms), AtLeast(cell.Median.P50Ms, cell.Median.P95Ms, cell.Median.P99Ms))).ToArray();
        return items.Length == 0 ? null : RangeChart.Draw(items, $"Range chart: latency of {items.Length} cells from p50 to p99; the table of results has the same figures");
    }

    // A percentile that an import does not tell has no place of its own.
    private static double AtLeast(params double?[] percentiles) => percentiles.Max()!.Value;

    /// <summary>Speed-up over workers; null where no strategy was measured with two counts of them.</summary>
    public static string? Speedup(IReadOnlyList<CellResult> cells, IReadOnlySet<string> swept, int cores)
    {
        var runtimes = cells.Select(cell => cell.Cell.Runtime).Distinct(StringComparer.Ordinal).ToList();
        var lines = cells.Where(cell => cell.Speedup is not null && cell.Cell.Strategy != Strategy.Sequential)
            .GroupBy(cell => CellName.Of(cell.Cell, swept, withWorkers: false), StringComparer.Ordinal)
            .Where(line => line.Select(cell => cell.Cell.Workers).Distinct().Skip(1).Any())
            .Take(MostCells)
            .Select(line => new LineItem(line.Key, $"{Class(line.First().Cell)} r{runtimes.IndexOf(line.First().Cell.Runtime) % 4}", [.. line.OrderBy(cell => cell.Cell.Workers).Select(cell => ((double)cell.Cell.Workers, cell.Speedup!.Value))]))
            .ToArray();
        return lines.Length == 0 ? null : LineChart.Draw(lines, cores, $"Line chart: speed-up over workers of {string.Join(", ", lines.Select(line => line.Label))}; the table of results has the same figures");
    }

    private static string Class(Cell cell) => "s-" + EnumName.Of(cell.Strategy);
}
