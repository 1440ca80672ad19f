using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Features.Runs;

namespace Brigade.Web.Features.Trends;

/// <summary>Reads what a trend shows, for the page and for the API.</summary>
internal sealed class TrendReader(ExperimentStore experiments, TrendStore trends, ChangeStore changes, TimeProvider time)
{
    /// <summary>More lines could not be told apart.</summary>
    public const int MostCells = 6;

    /// <summary>The trend; null where there is no such experiment.</summary>
    /// <param name="cells">Keys of cells; the first of the last run where none of them is known.</param>
    public async Task<TrendView?> ReadAsync(Guid experimentId, IReadOnlyList<string> cells, TrendMetric metric, TrendRange range, CancellationToken cancellation)
    {
        if (await experiments.NameAsync(experimentId, cancellation) is not { } name)
            return null;
        var known = Name(await trends.CellsAsync(experimentId, cancellation));
        var chosen = known.Where(cell => cells.Contains(cell.Key, StringComparer.Ordinal)).Take(MostCells).ToList();
        if (chosen.Count == 0)
            chosen.AddRange(known.Take(1));
        var keys = chosen.ConvertAll(cell => cell.Key);
        var found = chosen.Count == 0 ? [] : (await changes.ListAsync(new ChangeQuery { ExperimentId = experimentId, CellKeys = keys, Take = RunStore.MaximumPageSize }, cancellation)).Items;

        List<TrendSeries> series = [];
        var hasOlder = false;
        var since = range.Since(time.GetUtcNow());
        foreach (var cell in chosen)
        {
            var points = await trends.PointsAsync(experimentId, cell.Key, since, machineKey: null, cancellation);
            series.AddRange(TrendBuilder.Series(cell, points.Points, found, metric));
            hasOlder |= points.HasOlder;
        }

        var annotations = await trends.AnnotationsAsync(experimentId, cancellation);
        return new TrendView(
            experimentId, name, metric, known, keys, series,
            [.. found.Where(change => since is null || change.At >= since)],
            [.. annotations.Where(annotation => since is null || annotation.At >= since)],
            hasOlder);
    }

    private static List<TrendCell> Name(IReadOnlyList<ExperimentCellRow> cells)
    {
        var swept = ResultLines.Swept(cells.Select(row => row.Cell));
        return [.. cells.Select(row => new TrendCell(row.Key, Words.Of(row.Cell) + ResultLines.Params(row.Cell, swept), Words.Of(row.Cell.Strategy)))];
    }
}
