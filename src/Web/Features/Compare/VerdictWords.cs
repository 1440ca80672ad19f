using Brigade.Analysis.Comparing;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Compare;

/// <summary>The words for verdicts, the same on every page and in the API.</summary>
public static class VerdictWords
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Faster => "faster",
        Verdict.Slower => "slower",
        Verdict.Same => "same",
        _ => "not enough data",
    };

    public static string Metric(string metric) => metric == Metrics.P99 ? "p99 latency" : "Throughput";

    /// <summary>A value of a metric with its unit.</summary>
    public static string Value(string metric, double value) => metric == Metrics.P99 ? Numbers.Time(value) : Numbers.Rate(value);

    /// <summary>A change as people read it, always with its sign: <c>+12 %</c>, <c>−3.4 %</c>; a factor where it more than doubled.</summary>
    public static string Change(double relative) => relative > 1 ? Numbers.Times(1 + relative) : (relative > 0 ? "+" : "") + Numbers.Percent(relative);

    /// <summary>How a run compares with the first one, in one sentence for each metric; throughput first.</summary>
    public static IReadOnlyList<string> Lines(Comparison comparison, int run)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return [.. Metrics.All.Select(metric => (metric == Metrics.Throughput ? "" : $"{Metric(metric)}: ") + Line(comparison, run, metric))];
    }

    /// <summary>Every run but the first, its sentences one after the other; p99 only where it is faster or slower.</summary>
    public static string Text(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return string.Join(" ", comparison.Runs.Index().Skip(1).Select(run => (comparison.Runs.Count > 2 ? $"{(char)('A' + run.Index)}: " : "") + Text(comparison, run.Index)));
    }

    /// <summary>One run's sentences one after the other; p99 only where it is faster or slower.</summary>
    public static string Text(Comparison comparison, int run)
    {
        var lines = Lines(comparison, run);
        return string.Join(" ", lines.Where((_, metric) => metric == 0 || VerdictCount.Of(comparison, run, Metrics.All[metric]) is { Faster: > 0 } or { Slower: > 0 }));
    }

    public static Verdict Overall(Comparison comparison, int run) => VerdictCount.Overall([.. Metrics.All.Select(metric => VerdictCount.Of(comparison, run, metric))]);

    // With a single cell there is nothing to count: then the change itself is the sentence.
    private static string Line(Comparison comparison, int run, string metric)
    {
        if (comparison.Cells.Count == 1 && comparison.Cells[0].Verdicts.FirstOrDefault(verdict => verdict.Run == run && verdict.Metric == metric) is { } verdict)
            return Sentence(verdict);
        var count = VerdictCount.Of(comparison, run, metric).Text;
        return metric == Metrics.Throughput ? count : char.ToLowerInvariant(count[0]) + count[1..];
    }

    private static string Sentence(CellVerdict verdict)
    {
        var isThroughput = verdict.Metric == Metrics.Throughput;
        return verdict.Verdict switch
        {
            Verdict.NotEnoughData => isThroughput ? "Not enough data to tell." : "not enough data to tell.",
            Verdict.Same => isThroughput ? "No difference that matters." : "no difference that matters.",
            var other => $"{(isThroughput ? other == Verdict.Faster ? "Faster" : "Slower" : other == Verdict.Faster ? "lower" : "higher")}: {Change(verdict.RelativeShift)} ({Change(verdict.Low)} to {Change(verdict.High)}).",
        };
    }
}
