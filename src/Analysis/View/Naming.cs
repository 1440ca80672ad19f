using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.View;

/// <summary>The words for runtimes, strategies and figures in a run's texts.</summary>
/// <param name="runtimes">All runtimes of the run: a version is named only where two need telling apart.</param>
internal sealed class Naming(IReadOnlyList<string> runtimes)
{
    private readonly ILookup<RuntimeKind?, string> _byKind = runtimes.ToLookup(RuntimeCatalogue.Of);

    public string Runtime(string id) => RuntimeCatalogue.Of(id) is not { } kind ? id
        : _byKind[kind].Count() <= 1 ? kind.Title
        : kind.TitleOf(id);

    public static string Strategy(Strategy strategy) => strategy switch
    {
        Contracts.Spec.Strategy.Sequential => "one after the other",
        Contracts.Spec.Strategy.Threads => "threads",
        Contracts.Spec.Strategy.Async => "async",
        Contracts.Spec.Strategy.Pool => "the task pool",
        Contracts.Spec.Strategy.Processes => "processes",
        _ => "a process per task",
    };

    /// <summary>A cell's strategy and workers, for example "processes with 2 workers".</summary>
    public static string Cell(CellView cell) => cell.Strategy switch
    {
        Contracts.Spec.Strategy.Sequential => "one after the other",
        Contracts.Spec.Strategy.Async => $"async with {Count(cell.Workers, "task")} in flight",
        Contracts.Spec.Strategy.Pool => $"task pool with {Count(cell.Workers, "worker")}",
        Contracts.Spec.Strategy.ProcessPerTask => $"process per task with {Count(cell.Workers, "worker")}",
        _ => $"{Strategy(cell.Strategy)} with {Count(cell.Workers, "worker")}",
    };

    /// <summary>The further coordinates of a cell, each by name and value; empty values where they do not apply.</summary>
    public static IEnumerable<string> Details(CellView cell) =>
    [
        cell.Cell.Channel is { } channel ? $"channel {EnumName.Of(channel)}" : "",
        cell.Cell.StartMethod is { } start ? $"start method {EnumName.Of(start)}" : "",
        cell.Cell.ChunkSize is { } chunk ? $"chunk size {chunk}" : "",
        $"payload {Number(cell.Cell.PayloadBytes)} bytes",
        Parameters(cell.Cell.Params),
    ];

    /// <summary>Parameters as "limit = 2000, seed = 1", ordered by name.</summary>
    public static string Parameters(IReadOnlyDictionary<string, ParameterValue> parameters) =>
        string.Join(", ", parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} = {pair.Value.Text}"));

    /// <summary>"1.00 times", "15.9 times", "120 times".</summary>
    public static string Times(double factor) =>
        factor.ToString(Math.Abs(factor) switch { >= 100 => "#,0", >= 10 => "0.0", >= 0.01 => "0.00", _ => "0.0000" }, CultureInfo.InvariantCulture) + " times";

    public static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A number with about three significant digits and no exponent.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 1 or 0 => value.ToString("0.##", CultureInfo.InvariantCulture),
        >= 0.01 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("0.######", CultureInfo.InvariantCulture),
    };

    public static string Percent(double ratio) => (ratio * 100).ToString(Math.Abs(ratio) is < 0.2 and > 0 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    public static string Milliseconds(double ms) => ms switch
    {
        >= 10_000 => Number(ms / 1000) + " s",
        < 0.1 and > 0 => Number(ms * 1000) + " µs",
        _ => Number(ms) + " ms",
    };

    public static string Mebibytes(double bytes) => Number(bytes / (1024 * 1024)) + " MiB";

    /// <summary>"a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";

    /// <summary>The first letter in upper case.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
