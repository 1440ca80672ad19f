using Brigade.Analysis.Statistics;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis;

/// <summary>Whether every threshold holds in every cell that was tried, on medians over completed repetitions.</summary>
internal static class ThresholdCheck
{
    /// <param name="ended">Rows of the trials that ended, by cell.</param>
    /// <param name="notes">Receives what was not evaluated, and why.</param>
    public static IReadOnlyList<ThresholdOutcome> Evaluate(IReadOnlyList<string> thresholds, IReadOnlyList<IReadOnlyList<TrialRow>> ended, ICollection<string> notes)
    {
        var outcomes = new List<ThresholdOutcome>();
        foreach (var text in thresholds)
        {
            if (!Threshold.TryParse(text, out var threshold, out var error) || threshold is null)
            {
                notes.Add($"The threshold \"{text}\" was not evaluated: {error}");
                continue;
            }
            outcomes.AddRange(Enumerable.Range(0, ended.Count).Where(cell => ended[cell].Count > 0).Select(cell => Check(text, threshold, cell, ended[cell])));
        }
        var untried = ended.Count(rows => rows.Count == 0);
        if (untried > 0 && thresholds.Count > 0)
            notes.Add($"Thresholds were not evaluated in {untried} of {ended.Count} cells, of which no trial ended.");
        return outcomes;
    }

    private static ThresholdOutcome Check(string text, Threshold threshold, int cell, IReadOnlyList<TrialRow> ended)
    {
        var measured = ended.Where(row => row.Status == TrialStatus.Completed && HasValue(threshold.Metric, row)).ToArray();
        if (measured.Length == 0)
            return new(text, cell, Holds: false, Actual: null);
        var actual = Median.Of(measured.Select(row => Measure(threshold.Metric, row)!.Value));
        return new(text, cell, threshold.Holds(actual), actual);
    }

    /// <summary>Whether the trial tells the metric: without a task that succeeded there is no latency and no memory that it took, and without a task no share of errors; and an import may lack a percentile.</summary>
    private static bool HasValue(string metric, TrialRow row) => metric switch
    {
        "errors.count" or "throughput" => true,
        "errors.ratio" => row.Tasks > 0,
        _ => row.Tasks > row.Errors && Measure(metric, row) is not null,
    };

    private static double? Measure(string metric, TrialRow row) => metric switch
    {
        "latency.p50" => row.Latency.P50Ms,
        "latency.p90" => row.Latency.P90Ms,
        "latency.p95" => row.Latency.P95Ms,
        "latency.p99" => row.Latency.P99Ms,
        "latency.p999" => row.Latency.P999Ms,
        "latency.max" => row.Latency.MaxMs,
        "latency.mean" => row.Latency.MeanMs,
        "errors.ratio" => row.Tasks > 0 ? (double)row.Errors / row.Tasks : 0,
        "errors.count" => row.Errors,
        "throughput" => row.ThroughputPerSecond,
        "memory.peak" => row.PeakMemoryBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such metric: a threshold that parses names a known one."),
    };
}
