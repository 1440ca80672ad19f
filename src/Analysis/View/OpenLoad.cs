using Brigade.Analysis.Statistics;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.View;

/// <summary>What an open load came to in one cell: medians over its completed repetitions, but for what was dropped in any of them.</summary>
/// <param name="OfferedPerSecond">Arrivals per second of the schedule.</param>
/// <param name="AchievedPerSecond">Tasks that ended, per second of the schedule and of what it was exceeded by.</param>
/// <param name="DroppedRatio">Share of the arrivals of all repetitions that were dropped.</param>
/// <param name="Busy">Share of the time that the workers were in tasks, 0 to 1.</param>
/// <param name="TaskMs">Mean time of a task from its actual start.</param>
internal sealed record OpenLoad(double OfferedPerSecond, double AchievedPerSecond, double DroppedRatio, double Busy, double TaskMs, double ResponseP99Ms, double ServiceP99Ms)
{
    /// <summary>From this share of the rate on it counts as reached.</summary>
    private const double Reached = 0.95;

    /// <summary>Workers that are in tasks for less of their time are not what limits the throughput.</summary>
    private const double BusyEnough = 0.8;

    public bool KeepsUp => AchievedPerSecond >= OfferedPerSecond * Reached && DroppedRatio == 0;

    /// <summary>Whether tasks came too slowly although workers had time for more.</summary>
    public bool IsHeldUpByDispatch => AchievedPerSecond < OfferedPerSecond * Reached && Busy < BusyEnough;

    public bool IsTooMuch => AchievedPerSecond < OfferedPerSecond * Reached && Busy >= BusyEnough;

    /// <summary>Null where the load is closed or nothing of the cell completed.</summary>
    /// <param name="durationMs">How long the schedule takes.</param>
    public static OpenLoad? Of(CellView cell, double durationMs)
    {
        var rows = cell.Completed.Where(row => row is { Offered: > 0, Uncorrected: not null, WallMs: > 0 }).ToArray();
        return rows.Length == 0 || durationMs <= 0 ? null : new(
            Median.Of(rows.Select(row => row.Offered!.Value * 1000 / durationMs)),
            Median.Of(rows.Select(row => AchievedBy(row, durationMs))),
            (double)rows.Sum(row => row.Dropped) / rows.Sum(row => row.Offered!.Value),
            Median.Of(rows.Select(row => Math.Min(1, (row.Uncorrected!.MeanMs ?? 0) * row.Tasks / (row.Workers * row.WallMs)))),
            Median.Of(rows.Select(row => row.Uncorrected!.MeanMs ?? 0)),
            Median.Of(rows.Select(row => row.Latency.P99Ms ?? 0)),
            Median.Of(rows.Select(row => row.Uncorrected!.P99Ms ?? 0)));
    }

    /// <summary>Who starts the last arrival in time ends it after the schedule: up to the length of one task is no backlog.</summary>
    private static double AchievedBy(TrialRow row, double durationMs) => row.Tasks * 1000 / Math.Max(durationMs, row.WallMs - (row.Uncorrected!.MaxMs ?? 0));
}
