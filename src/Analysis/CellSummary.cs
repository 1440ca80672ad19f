using Brigade.Analysis.Statistics;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis;

/// <summary>Medians and the interval of one cell over its completed repetitions.</summary>
internal static class CellSummary
{
    /// <param name="seed">The run's; each cell draws from a seed of its own, so that a cell's interval does not depend on the others.</param>
    public static CellResult Of(Cell cell, int index, IReadOnlyList<TrialRow> completed, int seed)
    {
        var interval = BootstrapInterval.OfMedian(completed.Select(row => row.ThroughputPerSecond), unchecked((seed * 397) ^ index));
        return new(cell, completed.Count, Figures(completed), new(interval.Low, interval.High), Speedup: null, Efficiency: null);
    }

    private static CellFigures Figures(IReadOnlyList<TrialRow> rows) => new(
        Median.Of(rows.Select(row => row.ThroughputPerSecond)),
        Known(rows, latency => latency.P50Ms),
        Known(rows, latency => latency.P95Ms),
        Known(rows, latency => latency.P99Ms),
        Median.Of(rows.Where(row => row.WallMs > 0).Select(row => (row.CpuUserMs + row.CpuSystemMs) / row.WallMs)),
        Median.Of(rows.Select(row => (double)row.PeakMemoryBytes)),
        Median.Of(rows.Select(row => row.StartupMs)));

    private static double? Known(IReadOnlyList<TrialRow> rows, Func<Latency, double?> percentile)
    {
        var told = rows.Select(row => percentile(row.Latency)).OfType<double>().ToArray();
        return told.Length == 0 && rows.Count > 0 ? null : Median.Of(told);
    }
}
