using System.Globalization;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Terminal;

/// <summary>Short texts for cells and figures.</summary>
internal static class TrialText
{
    /// <summary>A cell's coordinates, without those that say nothing: <c>python3.11 processes x2 pipe</c>.</summary>
    public static string Cell(Cell cell, string runtime)
    {
        var parts = new List<string> { runtime, EnumName.Of(cell.Strategy), $"x{cell.Workers.ToString(CultureInfo.InvariantCulture)}" };
        if (cell.Channel is { } channel)
        {
            parts.Add(EnumName.Of(channel));
        }

        if (cell.StartMethod is { } method)
        {
            parts.Add(EnumName.Of(method));
        }

        if (cell.ChunkSize is > 1)
        {
            parts.Add($"chunk {cell.ChunkSize.Value.ToString(CultureInfo.InvariantCulture)}");
        }

        if (cell.PayloadBytes > 0)
        {
            parts.Add($"{cell.PayloadBytes.ToString(CultureInfo.InvariantCulture)} B");
        }

        return string.Join(' ', parts);
    }

    /// <summary>The parameters that the spec sweeps, as <c>limit=1000</c>.</summary>
    public static string Swept(Cell cell, IEnumerable<string> names) => string.Join(' ', names.Where(cell.Params.ContainsKey).Select(name => $"{name}={cell.Params[name]}"));

    public static string Result(TrialResult result) => result.Status == TrialStatus.Completed
        ? $"{Rate(result.ThroughputPerSecond)}  p50 {Milliseconds(result.Latency.P50Ms)}  p99 {Milliseconds(result.Latency.P99Ms)}{(result.Errors > 0 ? Invariant($"  {result.Errors} of {result.Tasks} tasks raised an error") : "")}"
        : result.Status == TrialStatus.Skipped ? $"not needed: {string.Join(' ', result.Warnings)}"
        : $"{(result.Status == TrialStatus.TimedOut ? "timed out" : EnumName.Of(result.Status))}: {result.Failure}";

    /// <summary><c>1 trial</c>, <c>12 trials</c>.</summary>
    public static string Count(int number, string noun) => Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>Tasks per second with three significant digits.</summary>
    public static string Rate(double perSecond) => Significant(perSecond) + "/s";

    /// <summary>A dash where there is none.</summary>
    public static string Milliseconds(double? milliseconds) => milliseconds is { } known ? Milliseconds(known) : "-";

    public static string Milliseconds(double milliseconds) => milliseconds switch
    {
        >= 1000 => Significant(milliseconds / 1000) + " s",
        >= 0.1 or 0 => Significant(milliseconds) + " ms",
        _ => Significant(milliseconds * 1000) + " µs",
    };

    /// <summary>Three significant digits, thousands apart: <c>1 234 567</c>, <c>12.3</c>, <c>0.123</c>.</summary>
    public static string Significant(double value)
    {
        var digits = Math.Abs(value) switch { >= 100 or 0 => 0, >= 10 => 1, >= 1 => 2, >= 0.1 => 3, _ => 4 };
        return value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), Spaced);
    }

    private static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = " " };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
