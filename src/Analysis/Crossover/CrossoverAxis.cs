using System.Globalization;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Crossover;

/// <summary>One coordinate of cells that a run swept.</summary>
/// <param name="Key">What addresses call it: <c>workers</c>, <c>payloadBytes</c>, <c>chunkSize</c>, <c>channel</c>, <c>startMethod</c>, <c>runtime</c>, or <c>params.NAME</c>.</param>
/// <param name="Values">In order: numbers by size, the rest as the plan has them.</param>
public sealed record CrossoverAxis(string Key, IReadOnlyList<string> Values)
{
    private const string Parameter = "params.";

    private static readonly (string Key, Func<Cell, string?> Value)[] Fixed =
    [
        ("payloadBytes", cell => cell.Strategy is Strategy.Processes or Strategy.ProcessPerTask ? Text(cell.PayloadBytes) : null),
        ("workers", cell => cell.Strategy == Strategy.Sequential ? null : Text(cell.Workers)),
        ("chunkSize", cell => cell.ChunkSize is { } chunk ? Text(chunk) : null),
        ("channel", cell => cell.Channel is { } channel ? EnumName.Of(channel) : null),
        ("startMethod", cell => cell.StartMethod is { } method ? EnumName.Of(method) : null),
        ("runtime", cell => cell.Runtime),
    ];

    /// <summary>The name of the workload's parameter; null where it is another coordinate.</summary>
    public string? ParameterName => Key.StartsWith(Parameter, StringComparison.Ordinal) ? Key[Parameter.Length..] : null;

    /// <summary>The axes on which the cells differ: parameters first, which say how long a task is, then what tasks carry, then workers and the rest.</summary>
    public static IReadOnlyList<CrossoverAxis> Of(IReadOnlyList<Cell> cells) =>
        cells.SelectMany(cell => cell.Params.Keys).Distinct(StringComparer.Ordinal).Select(name => Parameter + name)
            .Concat(Fixed.Select(coordinate => coordinate.Key))
            .Select(key => new CrossoverAxis(key, Sorted(cells.Select(cell => ValueOf(key, cell)).OfType<string>())))
            .Where(axis => axis.Values.Count > 1)
            .ToArray();

    /// <summary>A cell's value; null where the coordinate does not apply to it, so that it stands for every value.</summary>
    public string? ValueOf(Cell cell) => ValueOf(Key, cell);

    private static string? ValueOf(string key, Cell cell) => key.StartsWith(Parameter, StringComparison.Ordinal)
        ? cell.Params.TryGetValue(key[Parameter.Length..], out var value) ? value.Text : null
        : Fixed.First(coordinate => string.Equals(coordinate.Key, key, StringComparison.Ordinal)).Value(cell);

    private static string[] Sorted(IEnumerable<string> values)
    {
        var distinct = values.Distinct(StringComparer.Ordinal).ToArray();
        return distinct.All(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? [.. distinct.OrderBy(value => double.Parse(value, CultureInfo.InvariantCulture))]
            : distinct;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
