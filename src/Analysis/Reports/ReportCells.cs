using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Reports;

/// <summary>Which trials are of which cell: a result's rows do not say, but have the same coordinates.</summary>
internal sealed class ReportCells
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public ReportCells(RunResult result)
    {
        foreach (var (index, cell) in result.Cells.Index())
            _indexes.TryAdd(Key(cell.Cell), index);
    }

    /// <summary>-1 where the result has no such cell.</summary>
    public int IndexOf(TrialRow row) => _indexes.GetValueOrDefault(
        Key(new Cell(row.Runtime, row.Strategy, row.Workers, row.Channel, row.StartMethod, row.ChunkSize, row.PayloadBytes, row.Params)), -1);

    private static string Key(Cell cell) => string.Join(
        '\n',
        [cell.Runtime, $"{cell.Strategy} {cell.Workers} {cell.Channel} {cell.StartMethod} {cell.ChunkSize} {cell.PayloadBytes}", .. cell.Params.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.Text}")]);
}
