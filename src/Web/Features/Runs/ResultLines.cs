using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Runs;

/// <summary>One line of a result chart.</summary>
/// <param name="Dash">Number of the runtime, which gives the line's style.</param>
/// <param name="Points">Pairs of x and y.</param>
public sealed record ChartLine(string Name, string Strategy, int Dash, IReadOnlyList<double[]> Points)
{
    /// <summary>Pairs of x and y of a curve fitted to the points; empty where there is none.</summary>
    public IReadOnlyList<double[]> Fit { get; init; } = [];
}

/// <summary>Results as lines of charts.</summary>
public static class ResultLines
{
    /// <summary>Speed-up over workers, one line for each runtime and strategy that was measured with at least two counts of workers.</summary>
    public static IReadOnlyList<ChartLine> Speedup(IReadOnlyList<CellResult> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var runtimes = Runtimes(cells);
        var swept = Swept(cells.Select(cell => cell.Cell));
        return [.. cells.Where(cell => cell.Speedup is not null && cell.Cell.Strategy != Strategy.Sequential)
            .GroupBy(cell => NameWithoutWorkers(cell.Cell, swept), StringComparer.Ordinal)
            .Where(line => line.Select(cell => cell.Cell.Workers).Distinct().Count() > 1)
            .Select(line => new ChartLine(line.Key, Words.Of(line.First().Cell.Strategy), runtimes.IndexOf(line.First().Cell.Runtime),
                [.. line.OrderBy(cell => cell.Cell.Workers).Select(cell => new double[] { cell.Cell.Workers, Math.Round(cell.Speedup!.Value, 3) })]))];
    }

    /// <summary>What follows the name of a cell whose latencies count from the actual start, not from the arrival.</summary>
    public const string Uncorrected = " · from the actual start";

    /// <summary>Latency by percentile, one line for each cell, over all its completed repetitions together.</summary>
    /// <param name="uncorrected">Of cells of open load, latency from the actual start; each line is drawn in another style than that from the arrival.</param>
    public static IReadOnlyList<ChartLine> Latency(
        IReadOnlyList<(Cell Cell, IReadOnlyList<byte[]> Histograms)> cells, IReadOnlyList<(Cell Cell, IReadOnlyList<byte[]> Histograms)>? uncorrected = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var runtimes = cells.Select(cell => cell.Cell.Runtime).Distinct(StringComparer.Ordinal).ToList();
        var swept = Swept(cells.Select(cell => cell.Cell));
        return [.. cells.Select(cell => Line(cell, "", runtimes.IndexOf(cell.Cell.Runtime)))
            .Concat((uncorrected ?? []).Select(cell => Line(cell, Uncorrected, runtimes.IndexOf(cell.Cell.Runtime) + runtimes.Count)))
            .Where(line => line.Points.Count > 0)];

        ChartLine Line((Cell Cell, IReadOnlyList<byte[]> Histograms) cell, string suffix, int dash) =>
            new(Words.Of(cell.Cell) + Params(cell.Cell, swept) + suffix, Words.Of(cell.Cell.Strategy), dash, LatencyCurve.Of(cell.Histograms));
    }

    /// <summary>Latency by bin, one histogram for each cell, over all its completed repetitions together.</summary>
    /// <param name="uncorrected">Of cells of open load, latency from the actual start; each histogram follows its cell's.</param>
    public static LatencyBins Bins(
        IReadOnlyList<(Cell Cell, IReadOnlyList<byte[]> Histograms)> cells, IReadOnlyList<(Cell Cell, IReadOnlyList<byte[]> Histograms)>? uncorrected = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var swept = Swept(cells.Select(cell => cell.Cell));
        return LatencyBins.Of([.. cells.SelectMany(cell => (uncorrected ?? []).Where(other => ReferenceEquals(other.Cell, cell.Cell)).Select(other => Row(other, Uncorrected)).Prepend(Row(cell, "")))]);

        (string, string, IEnumerable<byte[]>) Row((Cell Cell, IReadOnlyList<byte[]> Histograms) cell, string suffix) =>
            (Words.Of(cell.Cell) + Params(cell.Cell, swept) + suffix, Words.Of(cell.Cell.Strategy), cell.Histograms);
    }

    private static List<string> Runtimes(IReadOnlyList<CellResult> cells) => [.. cells.Select(cell => cell.Cell.Runtime).Distinct(StringComparer.Ordinal)];

    /// <summary>Everything but a cell's workers.</summary>
    /// <param name="swept">Parameters that tell cells apart.</param>
    public static string NameWithoutWorkers(Cell cell, IReadOnlySet<string> swept) => $"{cell.Runtime} · {Words.Coordinates(cell with { Workers = 0 }).Replace(" × 0", "", StringComparison.Ordinal)}{Params(cell, swept)}";

    /// <summary>Parameters that tell cells apart.</summary>
    public static IReadOnlySet<string> Swept(IEnumerable<Cell> cells) => cells.SelectMany(cell => cell.Params)
        .GroupBy(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal)
        .Where(values => values.Distinct(StringComparer.Ordinal).Count() > 1)
        .Select(values => values.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>A cell's values of parameters that tell cells apart, to follow its name.</summary>
    public static string Params(Cell cell, IReadOnlySet<string> swept)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return string.Concat(cell.Params.Where(pair => swept.Contains(pair.Key) && pair.Key != WorkloadSpec.BenchmarkParameter).Select(pair => $" · {pair.Key} {pair.Value.Text}"));
    }
}
