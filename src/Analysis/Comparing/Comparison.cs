using Brigade.Contracts.Plan;

namespace Brigade.Analysis.Comparing;

/// <summary>Runs side by side. The first one is the base that the others are compared with.</summary>
/// <param name="Runs">Name of each run, in the order in which they were given.</param>
/// <param name="Differences">What differs besides the measurements, so that unlike things are not compared silently.</param>
/// <param name="Cells">Cells that at least two runs have, in the order of the first run that has them.</param>
public sealed record Comparison(IReadOnlyList<ComparedName> Runs, IReadOnlyList<Difference> Differences, IReadOnlyList<ComparedCell> Cells);

/// <summary>How a compared run is called.</summary>
/// <param name="EndedAt">Null where it is not known.</param>
public sealed record ComparedName(string Id, string Name, DateTimeOffset? EndedAt);

/// <summary>One thing that differs between the runs.</summary>
/// <param name="Field">For example <c>machine.cpu</c>, <c>runtime python3.11</c>, <c>workload.params.limit</c>.</param>
/// <param name="Values">The value of each run as text; empty where a run has none.</param>
/// <param name="Text">The same as a sentence that says what follows from it.</param>
public sealed record Difference(string Field, IReadOnlyList<string> Values, DifferenceSeverity Severity, string Text);

public enum DifferenceSeverity
{
    /// <summary>Explains a change, or has no part in it.</summary>
    Info,

    /// <summary>The runs measured unlike things, or on unlike machines: a change may come from that.</summary>
    Warning,
}

/// <summary>One cell in all runs.</summary>
/// <param name="Label">For example <c>python3.11 · threads × 2</c>.</param>
/// <param name="Cell">Coordinates in the first run that has it, the runtime resolved.</param>
/// <param name="Runs">For each run its measurements; null where it does not have the cell.</param>
/// <param name="Verdicts">For each run but the first that has measurements, and for each metric, how it compares with the base; empty where the base did not measure the cell.</param>
public sealed record ComparedCell(string Label, Cell Cell, IReadOnlyList<CellMeasurements?> Runs, IReadOnlyList<CellVerdict> Verdicts);

/// <summary>What one run measured in a cell.</summary>
/// <param name="Cell">Index into the run's plan, or the result's cells.</param>
/// <param name="Runtime">The runtime that was used.</param>
/// <param name="Completed">Repetitions that completed; the figures are over these.</param>
/// <param name="ErrorRatio">Share of their tasks that ended with an error.</param>
/// <param name="Throughput">Tasks per second.</param>
/// <param name="P99">99th percentile of latency, in milliseconds.</param>
public sealed record CellMeasurements(int Cell, string Runtime, int Completed, double ErrorRatio, MetricValues Throughput, MetricValues P99)
{
    /// <summary>The values of a metric of <see cref="Metrics"/>.</summary>
    public MetricValues Of(string metric) => metric == Metrics.P99 ? P99 : Throughput;
}

/// <summary>One metric over the completed repetitions of a cell.</summary>
/// <param name="Median">0 where none completed.</param>
/// <param name="Low">Lower end of the 95 % interval of the median.</param>
/// <param name="Values">One for each completed repetition, in order of execution.</param>
public sealed record MetricValues(double Median, double Low, double High, IReadOnlyList<double> Values);

/// <summary>The names of what is compared.</summary>
public static class Metrics
{
    /// <summary>Tasks per second; more is better.</summary>
    public const string Throughput = "throughput";

    /// <summary>99th percentile of latency; less is better.</summary>
    public const string P99 = "p99";

    public static IReadOnlyList<string> All { get; } = [Throughput, P99];

    /// <summary>Whether a larger value is the better one.</summary>
    public static bool MoreIsBetter(string metric) => metric == Throughput;
}

/// <summary>How one run's cell compares with the base's in one metric.</summary>
/// <param name="Run">Index into <see cref="Comparison.Runs"/>; at least 1.</param>
/// <param name="Metric">One of <see cref="Metrics"/>.</param>
/// <param name="RelativeShift">Hodges-Lehmann shift over the base's median: 0.05 where the run's values lie 5 % higher.</param>
/// <param name="Low">Lower end of the shift's interval, relative as well.</param>
/// <param name="PValue">After Benjamini-Hochberg over all verdicts of the comparison; 1 where there was nothing to test.</param>
/// <param name="Effect">Cliff's delta, −1 to 1: how much more often a value of the run is the larger one than the smaller one.</param>
/// <param name="Floor">A relative shift within this counts as no change.</param>
/// <param name="Reason">Why the verdict is so, as a sentence.</param>
public sealed record CellVerdict(int Run, string Metric, Verdict Verdict, double RelativeShift, double Low, double High, double PValue, double Effect, double Floor, string Reason);

public enum Verdict
{
    /// <summary>Better than the base: more throughput, or less latency.</summary>
    Faster,

    /// <summary>Worse than the base: less throughput, or more latency.</summary>
    Slower,

    /// <summary>Enough was measured, and the change is within the floor.</summary>
    Same,

    /// <summary>Too little was measured, or too noisily, to tell.</summary>
    NotEnoughData,
}
