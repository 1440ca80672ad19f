using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Crossover;

/// <summary>Short names of cells: the strategy, and the coordinates on which cells differ and that no axis of the map shows.</summary>
internal static class ContestantNames
{
    /// <param name="told">Axes that a name has to tell.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Cell> cells, IReadOnlyList<CrossoverAxis> told)
    {
        var naming = new Naming(cells.Select(cell => cell.Runtime).Distinct(StringComparer.Ordinal).ToArray());
        return cells.Select(cell => string.Concat(told.OrderBy(Rank).Select(axis => Part(naming, axis, cell)).Prepend(EnumName.Of(cell.Strategy)).Where(part => part.Length > 0))).ToArray();
    }

    private static int Rank(CrossoverAxis axis) => axis.Key switch { "workers" => 0, "runtime" => 2, _ => 1 };

    private static string Part(Naming naming, CrossoverAxis axis, Cell cell) => axis.ValueOf(cell) is not { } value ? "" : axis.Key switch
    {
        "workers" => $" × {value}",
        "runtime" => $", {naming.Runtime(value)}",
        "payloadBytes" => $", payload {value} B",
        "chunkSize" => $", chunk {value}",
        _ => $", {value}",
    };
}
