namespace Brigade.Web.Features.Runs;

/// <summary>Histograms over the same bins, one for each cell.</summary>
/// <param name="Edges">Borders of the bins in milliseconds, one more than bins; each is the one before times a constant factor.</param>
public sealed record LatencyBins(IReadOnlyList<double> Edges, IReadOnlyList<CellBins> Cells)
{
    private const int Most = 60;

    // From fine to coarse.
    private static readonly int[] BinsPerDecade = [50, 20, 10, 5, 2, 1];

    /// <summary>Counts the tasks of each cell in logarithmic bins, as fine as a chart can show them; cells without a task are left out.</summary>
    /// <param name="cells">With their histograms in nanoseconds, compressed; a cell's are merged.</param>
    public static LatencyBins Of(IReadOnlyList<(string Name, string Strategy, IEnumerable<byte[]> Histograms)> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var totals = cells.Select(cell => (cell.Name, cell.Strategy, Values: Values(cell.Histograms))).Where(cell => cell.Values.Count > 0).ToList();
        if (totals.Count == 0)
            return new LatencyBins([], []);
        var values = totals.SelectMany(cell => cell.Values).Select(pair => pair.Nanoseconds).ToList();
        var (least, largest) = (values.Min(), values.Max());
        var perDecade = BinsPerDecade.FirstOrDefault(bins => Bin(largest, bins) - Bin(least, bins) < Most, BinsPerDecade[^1]);
        var first = Bin(least, perDecade);
        var count = Bin(largest, perDecade) - first + 1;
        return new LatencyBins(
            [.. Enumerable.Range(first, count + 1).Select(bin => LatencyHistograms.Milliseconds(Math.Pow(10, (double)bin / perDecade)))],
            [.. totals.Select(cell => new CellBins(cell.Name, cell.Strategy, Counts(cell.Values, first, count, perDecade)))]);
    }

    private static int Bin(long nanoseconds, int perDecade) => (int)Math.Floor(Math.Log10(nanoseconds) * perDecade);

    private static long[] Counts(IEnumerable<(long Nanoseconds, long Count)> values, int first, int count, int perDecade)
    {
        var counts = new long[count];
        foreach (var (nanoseconds, tasks) in values)
            counts[Bin(nanoseconds, perDecade) - first] += tasks;
        return counts;
    }

    private static List<(long Nanoseconds, long Count)> Values(IEnumerable<byte[]> histograms) => LatencyHistograms.Merge(histograms) is { } total
        ? [.. total.RecordedValues().Select(value => (Math.Max(1, value.ValueIteratedTo), value.CountAtValueIteratedTo))]
        : [];
}

/// <summary>A cell's tasks by bin.</summary>
public sealed record CellBins(string Name, string Strategy, IReadOnlyList<long> Counts);
