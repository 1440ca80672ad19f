using System.Globalization;
using Brigade.Analysis.Statistics;
using Brigade.Analysis.View;

namespace Brigade.Analysis.Comparing;

/// <summary>One cell of a run against the base's in one metric: what is measured first, and the verdict once all p-values are known.</summary>
internal sealed class PendingVerdict(int run, string metric, IReadOnlyList<double> first, IReadOnlyList<double> second, Floor floor)
{
    /// <summary>Up to this floor a machine is quiet enough to call two runs the same.</summary>
    private const double LargestUsefulFloor = 0.25;

    // Percentiles of latency are noisier.
    private const double LargestUsefulFloorOfP99 = 0.5;

    /// <summary>Whether there is something to test: two repetitions on each side, with figures above 0.</summary>
    public bool IsTestable { get; } = first.Count >= 2 && second.Count >= 2 && first.All(value => value > 0) && second.All(value => value > 0);

    public double PValue(int tests, ComparisonRules rules) => SampleTest.PValue(first, second, tests, rules.FalseDiscoveryRate);

    /// <param name="adjusted">The p-value after Benjamini-Hochberg.</param>
    public CellVerdict Decide(double adjusted, ComparisonRules rules)
    {
        if (!IsTestable)
            return new(run, metric, Verdict.NotEnoughData, 0, 0, 0, 1, CliffsDelta.Of(first, second), floor.Value, WhyNotTestable());

        var (shift, low, high) = Shift();
        var exceeds = floor.IsExceededBy(shift);
        var isCertain = adjusted <= rules.FalseDiscoveryRate;
        var isWide = Math.Max(shift - low, high - shift) > floor.Value;
        var isNoisy = floor.Value > (metric == Metrics.P99 ? LargestUsefulFloorOfP99 : LargestUsefulFloor);
        var verdict = (exceeds, isCertain) switch
        {
            (true, true) => shift > 0 == Metrics.MoreIsBetter(metric) ? Verdict.Faster : Verdict.Slower,
            (false, _) when !isWide && !isNoisy => Verdict.Same,
            _ => Verdict.NotEnoughData,
        };
        return new(run, metric, verdict, shift, low, high, adjusted, CliffsDelta.Of(first, second), floor.Value, Reason(verdict, exceeds, isNoisy, shift, low, high, adjusted));
    }

    private (double Shift, double Low, double High) Shift()
    {
        var median = Median.Of(first);
        var estimate = HodgesLehmann.Of(first, second);
        return (estimate.Shift / median, estimate.Low / median, estimate.High / median);
    }

    private string WhyNotTestable() => (first.Count, second.Count) switch
    {
        (0, _) when metric == Metrics.P99 => "The base has no 99th percentile of latency: no repetition completed, or the tool that measured it did not tell.",
        (_, 0) when metric == Metrics.P99 => "There is no 99th percentile of latency: no repetition completed, or the tool that measured it did not tell.",
        (0, _) => "In the base no repetition completed.",
        (_, 0) => "No repetition completed.",
        ( < 2, _) or (_, < 2) => "One repetition tells nothing of how much a figure varies: repeat at least 3 times, better 10.",
        _ => $"The {Name} is 0 in some repetition, so there is no relative change.",
    };

    private string Name => metric == Metrics.P99 ? "99th percentile of latency" : "throughput";

    private string Reason(Verdict verdict, bool exceeds, bool isNoisy, double shift, double low, double high, double p)
    {
        var interval = string.Create(CultureInfo.InvariantCulture, $"{Signed(low)} to {Signed(high)}");
        var the = $"the floor of {Naming.Percent(floor.Towards(shift))}, {floor.Because}";
        return verdict switch
        {
            Verdict.Faster or Verdict.Slower => $"The {Name} {(shift > 0 ? "rose" : "fell")} by {Naming.Percent(Math.Abs(shift))} ({interval}), beyond {the}; p = {Naming.Number(p)}.",
            Verdict.Same => $"The {Name} changed by {Signed(shift)} ({interval}), within {the}.",
            _ when exceeds => $"The {Name} seems to have changed by {Signed(shift)} ({interval}), but the repetitions are too few or too noisy to be sure (p = {Naming.Number(p)}): repeat more.",
            _ when isNoisy => $"Within {the}, nothing can be told: measure on a quieter machine, or repeat more.",
            _ => $"The {Name} changed by {Signed(shift)}, but by {interval} it may be more than {the}: repeat more.",
        };
    }

    private static string Signed(double ratio) => (ratio > 0 ? "+" : ratio < 0 ? "−" : "") + Naming.Percent(Math.Abs(ratio));
}
