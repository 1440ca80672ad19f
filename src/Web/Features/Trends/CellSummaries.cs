using Brigade.Analysis.Statistics;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Trends;

/// <summary>A cell's point in its history: the median and the interval that the run's own page shows, from the same draws.</summary>
internal sealed class CellSummaries : ICellSummaries
{
    public CellSummary Of(IReadOnlyList<Repetition> completed, int seed, int cell)
    {
        var draw = unchecked((seed * 397) ^ cell);
        var tasks = completed.Sum(repetition => repetition.Tasks + repetition.Lost);
        return new CellSummary(
            Level(completed.Select(repetition => (double?)repetition.Throughput), draw)!,
            Level(completed.Select(repetition => repetition.P50Ms), draw),
            Level(completed.Select(repetition => repetition.P99Ms), draw),
            tasks == 0 ? 0 : (double)completed.Sum(repetition => repetition.Errors + repetition.Lost) / tasks);
    }

    /// <summary>Null where no value is known.</summary>
    private static Level? Level(IEnumerable<double?> values, int seed)
    {
        var all = values.OfType<double>().ToArray();
        if (all.Length == 0)
            return null;
        var interval = BootstrapInterval.OfMedian(all, seed);
        return new Level(Median.Of(all), interval.Low, interval.High);
    }
}
