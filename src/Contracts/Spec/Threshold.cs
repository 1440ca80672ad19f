namespace Brigade.Contracts.Spec;

/// <summary>A condition on a cell's medians, for example <c>latency.p99 &lt; 250ms</c>, <c>errors.ratio &lt; 1%</c> or <c>throughput &gt; 100/s</c>.</summary>
/// <param name="Metric"><c>latency.p50|p90|p95|p99|p999|max|mean</c>, <c>errors.ratio</c>, <c>errors.count</c>, <c>throughput</c> or <c>memory.peak</c>.</param>
/// <param name="Comparison">One of &lt;, &lt;=, &gt;, &gt;=.</param>
/// <param name="Value">In milliseconds, as a ratio, per second, or in bytes, by the metric.</param>
public sealed record Threshold(string Metric, string Comparison, double Value)
{
    /// <summary>Parses a condition; false with a message that says what is wrong and how to mend it.</summary>
    public static bool TryParse(string text, out Threshold? threshold, out string error)
    {
        threshold = null;
        error = "not yet";
        return false;
    }

    public bool Holds(double actual) => Comparison switch
    {
        "<" => actual < Value,
        "<=" => actual <= Value,
        ">" => actual > Value,
        _ => actual >= Value,
    };
}
