using Brigade.Contracts.Runs;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Runs;

/// <summary>What makes a cell's figures doubtful, said beside them.</summary>
internal static class CellNoise
{
    // Below these nothing is said: every measurement varies a little.
    private const double LeastSpread = 0.15;
    private const double LeastDrift = 0.1;
    private const double LeastOtherLoad = 0.25;
    private const double LeastThrottled = 0.01;

    /// <param name="completed">The cell's completed repetitions.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<TrialResult> completed)
    {
        List<string> noise = [];
        if (completed.Count > 1 && Spread(completed) is >= LeastSpread and var spread)
            noise.Add($"repetitions differ by {Numbers.Percent(spread)}");
        if (CellDetail.Median(completed, trial => trial.Drift) is { } drift && Math.Abs(drift) >= LeastDrift)
            noise.Add($"{(drift < 0 ? "slower" : "faster")} by {Numbers.Percent(Math.Abs(drift))} towards the end");
        if (completed.Max(trial => trial.OtherLoad ?? 0) is >= LeastOtherLoad and var other)
            noise.Add($"{Numbers.Short(Math.Round(other, 1))} processors busy with other work");
        if (completed.Max(trial => trial.WallMs > 0 ? (trial.ThrottledMs ?? 0) / trial.WallMs : 0) >= LeastThrottled)
            noise.Add($"throttled for {Numbers.Time(completed.Max(trial => trial.ThrottledMs ?? 0))}");
        return noise;
    }

    private static double Spread(IReadOnlyList<TrialResult> completed)
    {
        var (least, most) = (completed.Min(trial => trial.ThroughputPerSecond), completed.Max(trial => trial.ThroughputPerSecond));
        return most + least > 0 ? (most - least) / ((most + least) / 2) : 0;
    }
}
