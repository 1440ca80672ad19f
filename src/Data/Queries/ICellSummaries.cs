namespace Brigade.Data.Queries;

/// <summary>Sums up the repetitions of a cell for its history. Whoever puts the program together gives it: this project stores figures and knows no statistics.</summary>
public interface ICellSummaries
{
    /// <param name="completed">The cell's completed repetitions, at least one.</param>
    /// <param name="seed">The plan's.</param>
    /// <param name="cell">Index of the cell in the plan.</param>
    CellSummary Of(IReadOnlyList<Repetition> completed, int seed, int cell);
}

/// <summary>What a trial counts for in its cell's history. A percentile is null where an import does not tell it.</summary>
public sealed record Repetition(double Throughput, double? P50Ms, double? P99Ms, long Tasks, long Errors, long Lost);

/// <param name="P50Ms">Null where no repetition tells it.</param>
/// <param name="P99Ms">Null where no repetition tells it.</param>
/// <param name="ErrorRatio">Tasks that ended with an error or were lost, over all tasks; 0 to 1.</param>
public sealed record CellSummary(Level Throughput, Level? P50Ms, Level? P99Ms, double ErrorRatio);

/// <summary>A median and its 95 % interval.</summary>
public sealed record Level(double Median, double Low, double High);
