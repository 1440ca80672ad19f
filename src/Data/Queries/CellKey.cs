using System.Security.Cryptography;
using System.Text;
using Brigade.Contracts.Plan;

namespace Brigade.Data.Queries;

/// <summary>
/// Names a cell by what it is, not by its place in a plan: the same coordinates and parameters give the same key in every run,
/// so a cell can be followed over time. The runtime counts as the spec names it; a new interpreter is a point in its history.
/// </summary>
public static class CellKey
{
    /// <summary>32 hexadecimal digits.</summary>
    public static string Of(Cell cell)
    {
        var canonical = StoredJson.Write(new object?[]
        {
            cell.Runtime, cell.Strategy, cell.Workers, cell.Channel, cell.StartMethod, cell.ChunkSize, cell.PayloadBytes, StoredJson.WriteParams(cell.Params),
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)).AsSpan(0, 16));
    }
}
