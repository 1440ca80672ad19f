using System.Text.Json.Nodes;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>One thing that a run can show. An implementation looks at what was measured and says nothing where that does not show it.</summary>
internal interface IFinding
{
    IEnumerable<Finding> Find(RunView run);
}

/// <summary>The values of <see cref="Finding.Severity"/>, and evidence in one form.</summary>
internal static class Severity
{
    public const string Error = "error";
    public const string Warning = "warning";
    public const string Info = "info";

    /// <summary>Smaller is worse.</summary>
    public static int Rank(string severity) => severity switch { Error => 0, Warning => 1, _ => 2 };
}

/// <summary>Builds the figures that a finding rests on.</summary>
internal static class Evidence
{
    /// <summary>The most cells that a finding lists; it tells their number apart.</summary>
    public const int MaximumCells = 20;

    /// <summary>A figure with four decimals or, below one, four significant digits: as exact as what was measured.</summary>
    public static double Figure(double value) =>
        value == 0 || !double.IsFinite(value) ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 4, 12));

    /// <summary>A cell by its coordinates, with the figures that findings speak of.</summary>
    public static JsonObject Cell(CellView cell)
    {
        var figures = new JsonObject
        {
            ["cell"] = cell.Index,
            ["runtime"] = cell.Cell.Runtime,
            ["strategy"] = EnumName.Of(cell.Strategy),
            ["workers"] = cell.Workers,
            ["throughputPerSecond"] = Figure(cell.Throughput),
            ["throughputLow"] = Figure(cell.Result.Interval.Low),
            ["throughputHigh"] = Figure(cell.Result.Interval.High),
            ["cpuUtilisation"] = Figure(cell.CpuUtilisation),
        };
        if (cell is { Result.Speedup: { } speedup, SpeedupLow: { } low, SpeedupHigh: { } high })
        {
            figures["speedup"] = Figure(speedup);
            figures["speedupLow"] = Figure(low);
            figures["speedupHigh"] = Figure(high);
        }
        return figures;
    }

    public static JsonArray Cells(IEnumerable<CellView> cells) => new(cells.Take(MaximumCells).Select(cell => (JsonNode)Cell(cell)).ToArray());
}
