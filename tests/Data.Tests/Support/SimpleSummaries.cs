using Brigade.Data.Queries;

namespace Brigade.Data.Tests.Support;

/// <summary>Figures that are easy to tell: the mean, the least and the most.</summary>
internal sealed class SimpleSummaries : ICellSummaries
{
    public CellSummary Of(IReadOnlyList<Repetition> completed, int seed, int cell) => new(
        Level(completed.Select(repetition => (double?)repetition.Throughput))!,
        Level(completed.Select(repetition => repetition.P50Ms)),
        Level(completed.Select(repetition => repetition.P99Ms)),
        (double)completed.Sum(repetition => repetition.Errors + repetition.Lost) / completed.Sum(repetition => repetition.Tasks + repetition.Lost));

    private static Level? Level(IEnumerable<double?> values) => values.All(value => value is null) ? null : new(values.Average()!.Value, values.Min()!.Value, values.Max()!.Value);
}
