using System.Globalization;
using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec;

/// <summary>A condition on a cell's medians, for example <c>latency.p99 &lt; 250ms</c>, <c>errors.ratio &lt; 1%</c> or <c>throughput &gt; 100/s</c>.</summary>
/// <param name="Metric"><c>latency.p50|p90|p95|p99|p999|max|mean</c>, <c>errors.ratio</c>, <c>errors.count</c>, <c>throughput</c> or <c>memory.peak</c>.</param>
/// <param name="Comparison">One of &lt;, &lt;=, &gt;, &gt;=.</param>
/// <param name="Value">In milliseconds, as a ratio, per second, or in bytes, by the metric.</param>
public sealed record Threshold(string Metric, string Comparison, double Value)
{
    private const int MaximumLength = 200;

    /// <summary>Every metric that a condition can name.</summary>
    public static IReadOnlyList<string> Metrics { get; } =
    [
        "latency.p50", "latency.p90", "latency.p95", "latency.p99", "latency.p999", "latency.max", "latency.mean",
        "errors.ratio", "errors.count", "throughput", "memory.peak",
    ];

    /// <summary>Parses a condition; false with a message that says what is wrong and how to mend it.</summary>
    public static bool TryParse(string text, out Threshold? threshold, out string error)
    {
        threshold = null;
        error = "";
        if (text.Length > MaximumLength || !TrySplit(text, out var metric, out var comparison, out var written))
        {
            error = $"'{SpecLabel.Shorten(text)}' is no condition; write METRIC, one of <, <=, >, >=, and a value, for example 'latency.p99 < 250ms'.";
            return false;
        }

        if (comparison is not ("<" or "<=" or ">" or ">="))
        {
            error = $"'{comparison}' is no comparison; use one of <, <=, > and >=.";
            return false;
        }

        if (!Metrics.Contains(metric, StringComparer.Ordinal))
        {
            error = $"'{SpecLabel.Shorten(metric)}' is no metric{Suggestion.End(metric, Metrics)} Metrics: {string.Join(", ", Metrics)}.";
            return false;
        }

        if (ValueOf(metric, written, out var form) is not { } value)
        {
            error = $"'{SpecLabel.Shorten(written)}' is no value of {metric}; {form}.";
            return false;
        }

        threshold = new Threshold(metric, comparison, value);
        return true;
    }

    public bool Holds(double actual) => Comparison switch
    {
        "<" => actual < Value,
        "<=" => actual <= Value,
        ">" => actual > Value,
        _ => actual >= Value,
    };

    private static double? ValueOf(string metric, string text, out string form)
    {
        switch (metric)
        {
            case "errors.ratio":
                form = Units.RatioForm;
                return Units.TryParseRatio(text, out var ratio) ? ratio : null;
            case "errors.count":
                form = "write a whole number";
                return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
            case "throughput":
                form = Units.RateForm;
                return Units.TryParseRate(text, out var rate) ? rate : null;
            case "memory.peak":
                form = Units.SizeForm;
                return Units.TryParseSize(text, out var size) ? size : null;
            default:
                form = Units.DurationForm;
                return Units.TryParseDuration(text, out var duration) ? duration.TotalMilliseconds : null;
        }
    }

    private static bool TrySplit(string text, out string metric, out string comparison, out string value)
    {
        const string signs = "<>=!";
        var start = text.AsSpan().IndexOfAny(signs);
        var length = start < 0 ? 0 : text.AsSpan(start).IndexOfAnyExcept(signs);
        metric = start < 0 ? "" : text[..start].Trim();
        comparison = length <= 0 ? "" : text.Substring(start, length);
        value = length <= 0 ? "" : text[(start + length)..].Trim();
        return metric.Length > 0 && value.Length > 0;
    }
}
