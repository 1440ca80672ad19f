using System.Globalization;
using System.Text.Json;
using Brigade.Contracts.Plan;

namespace Brigade.Analysis.Comparing;

/// <summary>A cell's name in a comparison: its coordinates, and the parameters that tell it from others.</summary>
internal static class CellLabel
{
    /// <summary>For example <c>python3.11 · processes × 2 · pipe · limit 2000</c>.</summary>
    /// <param name="swept">Names of the parameters that differ between the cells.</param>
    public static string Of(Cell cell, IReadOnlySet<string> swept) => string.Join(" · ", Parts(cell, swept));

    /// <summary>Names of the parameters that have more than one value.</summary>
    public static IReadOnlySet<string> Swept(IEnumerable<Cell> cells) => cells.SelectMany(cell => cell.Params)
        .GroupBy(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal)
        .Where(values => values.Distinct(StringComparer.Ordinal).Skip(1).Any())
        .Select(values => values.Key)
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Parts(Cell cell, IReadOnlySet<string> swept)
    {
        yield return cell.Runtime;
        yield return string.Create(CultureInfo.InvariantCulture, $"{Kebab(cell.Strategy)} × {cell.Workers}");
        if (cell.Channel is { } channel)
            yield return Kebab(channel);
        if (cell.StartMethod is { } method)
            yield return Kebab(method);
        if (cell.ChunkSize is > 1 and var chunk)
            yield return string.Create(CultureInfo.InvariantCulture, $"chunk {chunk}");
        if (cell.PayloadBytes > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{cell.PayloadBytes} B");
        foreach (var (name, value) in cell.Params.Where(pair => swept.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return $"{name} {value.Text}";
    }

    private static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
