using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.View;

/// <summary>One cell with everything that findings ask of it.</summary>
/// <param name="Index">Into the plan's cells and the result's cells.</param>
/// <param name="Baseline">The cell that its speed-up is over; null where there is none.</param>
/// <param name="Runtime">What the runner found; null where it found no such runtime.</param>
/// <param name="Ended">Rows of the cell's trials that ended, in order of execution.</param>
internal sealed record CellView(int Index, CellResult Result, CellResult? Baseline, RuntimeInfo? Runtime, IReadOnlyList<TrialRow> Ended)
{
    /// <summary>Throughputs this near to the best count as the same.</summary>
    public const double SameWithin = 0.03;

    /// <summary>With few or noisy repetitions intervals overlap widely: a cell further behind than this is not as good, overlap or not.</summary>
    public const double OverlapWithin = 0.10;

    public Cell Cell => Result.Cell;

    public Strategy Strategy => Cell.Strategy;

    public int Workers => Cell.Workers;

    public double Throughput => Result.Median.ThroughputPerSecond;

    public double CpuUtilisation => Result.Median.CpuUtilisation;

    /// <summary>The least speed-up that the intervals allow: its own low end over the baseline's high one; null where there is no speed-up.</summary>
    public double? SpeedupLow => Result.Speedup is null || Baseline is null ? null : Result.Interval.Low / Baseline.Interval.High;

    /// <summary>The largest speed-up that the intervals allow; null where there is no speed-up.</summary>
    public double? SpeedupHigh => Result.Speedup is null || Baseline is null ? null : Result.Interval.High / Baseline.Interval.Low;

    /// <summary>Whether it and its baseline completed at least twice: from one repetition nothing tells how much a figure varies.</summary>
    public bool IsRepeated => Result.Completed >= 2 && Baseline?.Completed >= 2;

    public IReadOnlyList<TrialRow> Completed { get; } = Ended.Where(row => row.Status == TrialStatus.Completed).ToArray();

    /// <summary>Whether there is a figure to compare: a repetition completed, and tasks ended without error.</summary>
    public bool HasFigures => Completed.Count > 0 && Throughput > 0;

    /// <summary>Share of the ended tasks of completed trials that ended with an error.</summary>
    public double ErrorRatio => Completed.Sum(row => row.Tasks) is > 0 and var tasks ? (double)Completed.Sum(row => row.Errors) / tasks : 0;

    /// <summary>The share of its workers' time that went to some kinds together; 0 where that was not measured.</summary>
    public double ShareOf(params CostKind[] kinds) => Result.Costs?.Parts.Where(part => kinds.Contains(part.Kind)).Sum(part => part.Share) ?? 0;

    /// <summary>Whether it counts as fast as <paramref name="best"/>: not slower by more than <see cref="SameWithin"/>, or <see cref="OverlapWithin"/> while their intervals overlap.</summary>
    public bool IsAsGoodAs(CellView best) =>
        Throughput >= best.Throughput * (1 - SameWithin) || (Throughput >= best.Throughput * (1 - OverlapWithin) && Overlaps(best));

    /// <summary>Whether the two median throughputs cannot be told apart: their intervals overlap.</summary>
    public bool Overlaps(CellView other) =>
        Result.Interval.Low <= other.Result.Interval.High && other.Result.Interval.Low <= Result.Interval.High;
}
