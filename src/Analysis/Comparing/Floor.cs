using System.Runtime.InteropServices;
using Brigade.Analysis.Statistics;
using Brigade.Analysis.View;

namespace Brigade.Analysis.Comparing;

/// <summary>The relative change within which nothing counts: the largest of what may make two runs differ although nothing changed.</summary>
/// <param name="Value">0.03 for 3 %.</param>
/// <param name="Because">What sets it, to follow "the floor of 3 %".</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Floor(double Value, string Because)
{
    /// <summary>Fewer repetitions than this do not show how noisy they are, so that only a large change counts.</summary>
    public const int FewRepetitions = 5;

    // With 10 repetitions on each side the shift of two equal runs exceeds 1.25 deviations in 0.6 % of cases, whatever the deviation is.
    private const double DeviationsThatCount = 1.25;

    // How much more the configured minimum is with few repetitions.
    private const double FewFactor = 10 / 3.0;

    // A drift that chance makes in one of two hundred runs.
    private const double DriftSignificance = 0.005;

    public static Floor Of(string metric, MeasuredCell first, MeasuredCell second, MachineNoise machine, ComparisonRules rules)
    {
        var (one, other) = (first.Values(metric), second.Values(metric));
        var fewest = Math.Min(one.Count, other.Count);
        var floors = new List<Floor> { new(rules.MinimumOf(metric), "which is the least that counts") };
        if (fewest < FewRepetitions)
            floors.Add(new(rules.MinimumOf(metric) * FewFactor, $"because {Naming.Count(fewest, "repetition")} {(fewest == 1 ? "does" : "do")} not show how noisy they are"));
        floors.Add(new(DeviationsThatCount * Deviation(one, other), "which the noise between the repetitions sets"));
        floors.Add(new(Math.Max(Drift(one), Drift(other)), "because the figures drifted so much within one of the runs"));
        floors.Add(new(machine.Explains(first, second), machine.Because(first, second)));
        if (rules.EarlierMedians is { } earlier && RunNoise.Of(earlier(first.Cell, metric)) is { } noise)
            floors.Add(new(noise.LargestDifference, $"which {noise.Runs} earlier runs set, that differed so much without a change"));
        return floors.MaxBy(floor => floor.Value);
    }

    /// <summary>The same as the size of a change in the direction of <paramref name="shift"/>: 1 (twice as much) for a rise is 0.5 (half as much) for a fall.</summary>
    public double Towards(double shift) => shift < 0 ? 1 - (1 / (1 + Value)) : Value;

    /// <summary>Whether a relative shift is beyond it: twice as fast and half as fast are equally far.</summary>
    public bool IsExceededBy(double shift) => shift <= -1 || Math.Abs(Math.Log(1 + shift)) > Math.Log(1 + Value);

    /// <summary>
    /// The relative standard deviation within both runs: the median absolute deviation of logarithms from their own run's median, with a correction for small samples
    /// (a median takes a degree of freedom from each run).
    /// </summary>
    private static double Deviation(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var residuals = Residuals(one).Concat(Residuals(other)).ToArray();
        return residuals.Length <= 2 ? 0 : Spread.NormalConsistency * Median.Of(residuals.Select(value => Math.Abs(value))) * residuals.Length / (residuals.Length - 2) * 1.05;
    }

    private static IEnumerable<double> Residuals(IReadOnlyList<double> values)
    {
        var logarithms = values.Where(value => value > 0).Select(value => Math.Log(value)).ToArray();
        var median = Median.Of(logarithms);
        return logarithms.Select(value => value - median);
    }

    private static double Drift(IReadOnlyList<double> values) => Trend.Of(values) is { PValue: <= DriftSignificance } trend ? Math.Abs(trend.RelativeDrift) : 0;
}
