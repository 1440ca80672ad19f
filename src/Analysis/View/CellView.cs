using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.View;

/// <summary>One cell with everything that findings ask of it.</summary>
/// <param name="Index">Into the plan's cells and the result's cells.</param>
/// <param name="Runtime">What the runner found; null where it found no such runtime.</param>
/// <param name="Ended">Rows of the cell's trials that ended, in order of execution.</param>
internal sealed record CellView(int Index, CellResult Result, RuntimeInfo? Runtime, IReadOnlyList<TrialRow> Ended)
{
    public Cell Cell => Result.Cell;

    public Strategy Strategy => Cell.Strategy;

    public int Workers => Cell.Workers;

    public double Throughput => Result.Median.ThroughputPerSecond;

    public IReadOnlyList<TrialRow> Completed { get; } = Ended.Where(row => row.Status == TrialStatus.Completed).ToArray();

    /// <summary>Whether there is a figure to compare: a repetition completed, and tasks ended without error.</summary>
    public bool HasFigures => Completed.Count > 0 && Throughput > 0;

    /// <summary>Share of the ended tasks of completed trials that ended with an error.</summary>
    public double ErrorRatio => Completed.Sum(row => row.Tasks) is > 0 and var tasks ? (double)Completed.Sum(row => row.Errors) / tasks : 0;

    /// <summary>Whether the two median throughputs cannot be told apart: their intervals overlap.</summary>
    public bool Overlaps(CellView other) =>
        Result.Interval.Low <= other.Result.Interval.High && other.Result.Interval.Low <= Result.Interval.High;
}
