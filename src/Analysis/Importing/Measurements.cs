using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Importing;

/// <summary>Makes trials of single measurements, or of a summary.</summary>
internal static class Measurements
{
    /// <summary>The runtime of trials is filled in later.</summary>
    private const string NoRuntime = "";

    /// <summary>One measurement: so many operations took so long together.</summary>
    internal readonly record struct Single(double WallMs, long Tasks, bool Failed = false);

    /// <summary>A trial for each measurement; where there are more than <paramref name="most"/>, one for each of as many groups of neighbours.</summary>
    public static IReadOnlyList<TrialResult> Trials(IReadOnlyList<Single> measurements, int most)
    {
        var groups = Math.Min(most, measurements.Count);
        return [.. Enumerable.Range(0, groups).Select(group =>
        {
            var (first, last) = ((int)((long)measurements.Count * group / groups), (int)((long)measurements.Count * (group + 1) / groups));
            return Trial([.. measurements.Skip(first).Take(last - first)]);
        })];
    }

    /// <summary>How many trials each of so many benchmarks can have.</summary>
    public static int Most(int benchmarks) => Math.Clamp(ImportLimits.MaximumTrials / Math.Max(1, benchmarks), 1, ImportLimits.MaximumRepetitions);

    /// <summary>A trial of which only a summary is known. A percentile that the summary lacks is null.</summary>
    public static TrialResult Summary(long tasks, long errors, double wallMs, double throughput, Latency latency) => Empty() with
    {
        Tasks = tasks,
        Errors = Math.Min(errors, tasks),
        WallMs = wallMs,
        ThroughputPerSecond = throughput,
        Latency = latency,
    };

    /// <summary>A trial that gave no result.</summary>
    public static TrialResult Failed(string why) => Empty() with { Status = TrialStatus.Failed, Failure = why };

    private static TrialResult Trial(IReadOnlyList<Single> measurements)
    {
        var wallMs = measurements.Sum(single => single.WallMs);
        var tasks = measurements.Sum(single => single.Tasks);
        var errors = measurements.Where(single => single.Failed).Sum(single => single.Tasks);
        var each = measurements.Select(single => single.WallMs / single.Tasks).Order().ToArray();
        return Summary(tasks, errors, wallMs, wallMs > 0 ? (tasks - errors) * 1000 / wallMs : 0, new Latency
        {
            P50Ms = At(each, 0.5),
            P90Ms = At(each, 0.9),
            P95Ms = At(each, 0.95),
            P99Ms = At(each, 0.99),
            P999Ms = At(each, 0.999),
            MaxMs = each[^1],
            MeanMs = wallMs / tasks,
        });
    }

    /// <summary>The smallest value that so many of all do not exceed, as HdrHistogram has it.</summary>
    private static double At(IReadOnlyList<double> ordered, double share) => ordered[Math.Clamp((int)Math.Ceiling(ordered.Count * share) - 1, 0, ordered.Count - 1)];

    private static TrialResult Empty() => new() { Index = 0, Cell = 0, Repetition = 0, Status = TrialStatus.Completed, Runtime = NoRuntime };
}
