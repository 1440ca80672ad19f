using Brigade.Contracts.Runs;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Runs;

/// <summary>A row of the table of results.</summary>
public sealed record ResultRow(CellResult Cell, CellDetail? Detail);

/// <summary>A column of figures that can be sorted.</summary>
/// <param name="Hint">What it is, in one sentence.</param>
/// <param name="Value">Null where the cell has none.</param>
/// <param name="Sub">What stands below the figure; null or empty for nothing.</param>
public sealed record ResultColumn(string Title, string Hint, Func<ResultRow, double?> Value, Func<double, string> Format, Func<ResultRow, string?>? Sub = null)
{
    /// <summary>The kernel counts processor time in ticks of 10 ms: of a shorter measurement it says nothing.</summary>
    private const double ShortestForCpuMs = 100;

    private static readonly ResultColumn[] Always =
    [
        new("Throughput", "Median over the repetitions, with its 95 % interval", row => row.Cell.Median.ThroughputPerSecond, Numbers.Rate,
            row => row.Cell.Completed > 1 ? $"{Numbers.Short(row.Cell.Interval.Low)} to {Numbers.Short(row.Cell.Interval.High)}" : "one repetition"),
        new("Speed-up", "Over the sequential strategy of the same runtime", row => row.Cell.Speedup, value => Numbers.Times(value)),
        new("Efficiency", "Speed-up per worker", row => row.Cell.Efficiency, Numbers.Percent),
        new("p50", "Median latency", row => Known(row.Cell.Median.P50Ms), Numbers.Time),
        new("p95", "95 % of tasks took no longer", row => Known(row.Cell.Median.P95Ms), Numbers.Time),
        new("p99", "99 % of tasks took no longer", row => Known(row.Cell.Median.P99Ms), Numbers.Time),
    ];

    // Shown only where some cell has a figure to show.
    private static readonly ResultColumn[] WhereMeasured =
    [
        new("p99 uncorrected", "From the actual start of each task: what a measurement with coordinated omission would show", row => row.Detail?.UncorrectedP99Ms, Numbers.Time),
        new("Late starts", "How long after its intended start a task began, at the 99th percentile", row => row.Detail?.SchedulingP99Ms, Numbers.Time),
        new("Offered", "Arrivals of the open load, and the share of them that ended without error", row => row.Detail?.Offered, value => Numbers.Count((long)Math.Round(value)),
            row => row.Detail?.AchievedRatio is { } achieved ? $"{Numbers.Percent(achieved)} achieved" : null),
        new("Dropped", "Arrivals that were not started because too many tasks were under way, all repetitions together", row => Positive(row.Detail?.Dropped), value => Numbers.Count((long)value)),
        new("Lost", "Tasks that never came back, all repetitions together", row => Positive(row.Detail?.Lost), value => Numbers.Count((long)value)),
        new("Errors", "Tasks that ended with an error, all repetitions together", row => Positive(row.Detail?.Errors), value => Numbers.Count((long)value)),
        new("Replaced", "Workers that were lost and replaced, all repetitions together, and the time until the new ones worked", row => Positive(row.Detail?.Replaced), value => Numbers.Count((long)value),
            row => row.Detail?.RecoveryMs is { } recovery ? $"back in {Numbers.Time(recovery)}" : null),
    ];

    private static readonly ResultColumn[] Resources =
    [
        new("CPU", "Processors used on average; a trial of less than 0.1 s is too short to tell", row => row.Detail?.WallMs < ShortestForCpuMs ? null : row.Cell.Median.CpuUtilisation, Numbers.Short),
        new("Memory", "Peak, all processes of a trial", row => Known(row.Cell.Median.PeakMemoryBytes), Numbers.Bytes),
        new("Start-up", "Until all workers were ready", row => Known(row.Cell.Median.StartupMs), Numbers.Time),
    ];

    private static readonly ResultColumn[] Borders =
    [
        new("Serialisation", "Turning tasks and results into bytes and back, summed over a trial", row => row.Detail?.SerializationMs, Numbers.Time),
        new("Channel", "Time in the channels between processes, summed over a trial", row => row.Detail?.ChannelMs, Numbers.Time),
    ];

    /// <summary>The columns that these rows need.</summary>
    public static IReadOnlyList<ResultColumn> For(IReadOnlyList<ResultRow> rows) =>
    [
        .. Always,
        .. rows.SelectMany(row => row.Detail?.Figures.Keys ?? []).Distinct(StringComparer.Ordinal).Select(Figure),
        .. WhereMeasured.Where(column => rows.Any(row => column.Value(row) is not null)),
        .. Resources,
        .. Borders.Where(column => rows.Any(row => column.Value(row) is not null)),
    ];

    private static ResultColumn Figure(string name)
    {
        var figure = FigureName.Of(name);
        return new ResultColumn(figure.Title, "Counted or measured by the workload itself, median over the repetitions", row => row.Detail?.Figures.TryGetValue(name, out var value) == true ? value : null, figure.Format);
    }

    // Nothing takes no time or memory at all: what another tool did not tell is 0, or none.
    private static double? Known(double? value) => value > 0 ? value : null;

    private static double? Positive(long? value) => value > 0 ? value : null;
}
