using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Crossover;

/// <summary>Who wins where in a sweep of two axes. Throughput decides: the cell with the highest median wins where its interval is apart from all others', and by more than a difference that matters.</summary>
/// <param name="Y">Null where only one axis was swept or chosen: the map has one row.</param>
/// <param name="Held">Parameters that were swept too and are on no axis, as "limit = 2000": another value is other work, so one is shown.</param>
/// <param name="Places">Row by row.</param>
/// <param name="TaskMs">By value of <paramref name="X"/>, the median time of a task that runs alone, in milliseconds; null where that was not measured, or where the axis does not change the work.</param>
public sealed record CrossoverMap(CrossoverAxis X, CrossoverAxis? Y, IReadOnlyList<string> Held, IReadOnlyList<CrossoverPlace> Places, IReadOnlyList<double?> TaskMs)
{
    /// <summary>Throughputs this near to the best count as the same, whatever their intervals (as for advice).</summary>
    public const double SameWithin = CellView.SameWithin;

    /// <summary>The map over two of a run's axes; null where <paramref name="x"/> is none of them, or <paramref name="y"/> neither null nor another one.</summary>
    /// <param name="cells">The result's, whose numbers the contestants keep.</param>
    public static CrossoverMap? Of(IReadOnlyList<CellResult> cells, string x, string? y)
    {
        var axes = CrossoverAxis.Of(cells.Select(cell => cell.Cell).ToArray());
        var across = axes.FirstOrDefault(axis => string.Equals(axis.Key, x, StringComparison.Ordinal));
        var down = y is null ? null : axes.FirstOrDefault(axis => string.Equals(axis.Key, y, StringComparison.Ordinal));
        if (across is null || (y is not null && (down is null || down == across)))
            return null;

        var held = axes.Where(axis => axis.ParameterName is not null && axis != across && axis != down).ToArray();
        var shown = cells.Index()
            .Where(pair => pair.Item.Completed > 0 && pair.Item.Median.ThroughputPerSecond > 0 && held.All(axis => Has(pair.Item.Cell, axis, axis.Values[0])))
            .Select(pair => (pair.Index, pair.Item)).ToArray();
        var names = ContestantNames.Of(cells.Select(cell => cell.Cell).ToArray(), axes.Where(axis => axis != across && axis != down && axis.ParameterName is null).ToArray());
        var places = (down?.Values ?? [""]).SelectMany(_ => across.Values, (row, column) => Place(
            column, down is null ? null : row,
            shown.Where(pair => Has(pair.Item.Cell, across, column) && (down is null || Has(pair.Item.Cell, down, row))).Select(pair => Contestant.Of(pair.Index, pair.Item, names[pair.Index])))).ToArray();
        return new(across, down, held.Select(axis => $"{axis.ParameterName} = {axis.Values[0]}").ToArray(), places, across.Values.Select(value => TimeAlone(shown, across, value)).ToArray());
    }

    /// <summary>The axes to begin with: a parameter, and what tasks carry or how many work on them.</summary>
    public static (string X, string? Y)? Default(IReadOnlyList<CellResult> cells)
    {
        var axes = CrossoverAxis.Of(cells.Select(cell => cell.Cell).ToArray());
        return axes.Count == 0 ? null : (axes[0].Key, axes.Skip(1).OrderBy(axis => axis.ParameterName is null ? 0 : 1).FirstOrDefault()?.Key);
    }

    private static bool Has(Cell cell, CrossoverAxis axis, string value) => axis.ValueOf(cell) is not { } own || string.Equals(own, value, StringComparison.Ordinal);

    private static CrossoverPlace Place(string x, string? y, IEnumerable<Contestant> contestants)
    {
        var ranked = contestants.OrderByDescending(one => one.ThroughputPerSecond).ThenBy(one => one.Cell).ToArray();
        if (ranked.Length < 2)
            return new(x, y, ranked.Length == 0 ? CrossoverOutcome.NotMeasured : CrossoverOutcome.Alone, ranked, [], null);
        var best = ranked[0];
        var tied = ranked.Where(one => !IsBehind(one, best)).ToArray();
        var behind = ranked.Except(tied).ToArray();
        return tied.Length > 1
            ? new(x, y, CrossoverOutcome.Tie, tied, behind, null)
            : new(x, y, CrossoverOutcome.Won, tied, behind, Margin.Between(best, behind[0]));
    }

    private static bool IsBehind(Contestant one, Contestant best) => one.High < best.Low && one.ThroughputPerSecond < best.ThroughputPerSecond * (1 - SameWithin);

    private static double? TimeAlone(IEnumerable<(int Index, CellResult Cell)> shown, CrossoverAxis axis, string value) => axis.ParameterName is null ? null : shown
        .Where(pair => pair.Cell.Cell.Workers == 1 && pair.Cell.Cell.Strategy == Contracts.Spec.Strategy.Sequential && Has(pair.Cell.Cell, axis, value))
        .Select(pair => pair.Cell.Median.P50Ms)
        .Where(time => time is not null)
        .Order().FirstOrDefault();
}

/// <summary>One combination of the two axes' values.</summary>
/// <param name="Best">The winner, or those that tie, highest median first.</param>
/// <param name="Others">The rest, highest median first.</param>
/// <param name="Margin">By how much the winner is ahead of the second; null where nobody won.</param>
public sealed record CrossoverPlace(string X, string? Y, CrossoverOutcome Outcome, IReadOnlyList<Contestant> Best, IReadOnlyList<Contestant> Others, Margin? Margin)
{
    /// <summary>Whether the margin rests on one repetition somewhere: then nothing tells how much the figures vary.</summary>
    public bool IsRough => Best.Concat(Others.Take(1)).Any(one => one.Repetitions < 2);
}

public enum CrossoverOutcome
{
    Won,

    /// <summary>The best cannot be told apart, or differ by less than what matters.</summary>
    Tie,

    /// <summary>Only one was measured here.</summary>
    Alone,
    NotMeasured,
}

/// <summary>One cell that competes in a place.</summary>
/// <param name="Cell">Index into the result's cells.</param>
/// <param name="Name">As "processes × 2": what tells it from the others.</param>
/// <param name="ThroughputPerSecond">The median.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
public sealed record Contestant(int Cell, string Strategy, string Name, double ThroughputPerSecond, double Low, double High, int Repetitions)
{
    internal static Contestant Of(int index, CellResult cell, string name) =>
        new(index, Contracts.Spec.EnumName.Of(cell.Cell.Strategy), name, cell.Median.ThroughputPerSecond, cell.Interval.Low, cell.Interval.High, cell.Completed);
}

/// <summary>How far ahead: 0.4 is 40 % more throughput than the second.</summary>
/// <param name="Low">The least that both intervals allow.</param>
/// <param name="High">The most that both intervals allow.</param>
public sealed record Margin(double Ahead, double Low, double High)
{
    internal static Margin Between(Contestant winner, Contestant second) =>
        new((winner.ThroughputPerSecond / second.ThroughputPerSecond) - 1, (winner.Low / second.High) - 1, (winner.High / second.Low) - 1);
}
