using System.Globalization;
using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Comparing;

/// <summary>What makes cells of two runs the same cell: all coordinates and parameters, and the runtime or at least its kind.</summary>
internal static class CellKey
{
    public static string Of(Cell cell) => Join(cell.Runtime, cell);

    public static string Of(TrialRow row) =>
        Of(new Cell(row.Runtime, row.Strategy, row.Workers, row.Channel, row.StartMethod, row.ChunkSize, row.PayloadBytes, row.Params));

    /// <summary>The same without the runtime's version: <c>python</c> for <c>python3.11</c>.</summary>
    public static string OfKind(Cell cell) => Join(RuntimeCatalogue.Of(cell.Runtime)?.Name ?? cell.Runtime, cell);

    private static string Join(string runtime, Cell cell) => string.Join('|', [
        runtime, cell.Strategy.ToString(), cell.Workers.ToString(CultureInfo.InvariantCulture), cell.Channel?.ToString() ?? "", cell.StartMethod?.ToString() ?? "",
        cell.ChunkSize?.ToString(CultureInfo.InvariantCulture) ?? "", cell.PayloadBytes.ToString(CultureInfo.InvariantCulture), Naming.Parameters(cell.Params)]);
}
