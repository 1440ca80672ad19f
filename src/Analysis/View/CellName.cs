using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.View;

/// <summary>A cell's name in reports and comparisons: its coordinates, and the parameters that tell it from others.</summary>
internal static class CellName
{
    /// <summary>Parameters in which cells differ, and the name of an imported benchmark: only these belong to a cell's name.</summary>
    public static IReadOnlySet<string> Swept(IEnumerable<Cell> cells) => cells.SelectMany(cell => cell.Params)
        .GroupBy(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal)
        .Where(values => values.Key == WorkloadSpec.BenchmarkParameter || values.Distinct(StringComparer.Ordinal).Skip(1).Any())
        .Select(values => values.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>For example <c>python3.11 · threads × 4 · limit 1000</c>.</summary>
    /// <param name="withWorkers">False for a line over the workers.</param>
    public static string Of(Cell cell, IReadOnlySet<string> swept, bool withWorkers = true)
    {
        List<string> parts = [cell.Runtime, EnumName.Of(cell.Strategy) + (withWorkers && cell.Strategy != Strategy.Sequential ? $" × {cell.Workers}" : "")];
        if (cell.Channel is { } channel && channel != Channel.Pipe)
            parts.Add(EnumName.Of(channel));
        if (cell.StartMethod is { } start)
            parts.Add(EnumName.Of(start));
        if (cell.ChunkSize is > 1 and var chunk)
            parts.Add($"chunk {chunk}");
        if (cell.PayloadBytes > 0)
            parts.Add($"{Naming.Number(cell.PayloadBytes)} bytes");
        parts.AddRange(cell.Params.Where(pair => swept.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key == WorkloadSpec.BenchmarkParameter ? pair.Value.Text : $"{pair.Key} {pair.Value.Text}"));
        return string.Join(" · ", parts);
    }
}
