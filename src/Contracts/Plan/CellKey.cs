using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>
/// Names a cell by what it is, not by its place in a plan: the same coordinates and parameters give the same key in every run,
/// so a cell can be followed over time and found again in another run.
/// </summary>
public static class CellKey
{
    private const int Bytes = 16;

    /// <summary>32 hexadecimal digits. The runtime counts as the cell names it: where that is the spec's name, a new interpreter is a point in its history.</summary>
    public static string Of(Cell cell)
    {
        var parameters = JsonSerializer.Serialize(new SortedDictionary<string, ParameterValue>(cell.Params.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal), BrigadeJson.Options);
        var canonical = JsonSerializer.Serialize(
            new object?[] { cell.Runtime, cell.Strategy, cell.Workers, cell.Channel, cell.StartMethod, cell.ChunkSize, cell.PayloadBytes, parameters }, BrigadeJson.Options);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)).AsSpan(0, Bytes));
    }

    /// <summary>The same without the runtime's version: <c>python</c> for <c>python3.11</c>.</summary>
    public static string OfKind(Cell cell) => Of(cell with { Runtime = RuntimeCatalogue.Of(cell.Runtime)?.Name ?? cell.Runtime });
}
