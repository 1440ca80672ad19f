using System.Globalization;

namespace Brigade.Analysis.Laws;

/// <summary>Whether points allow a fit.</summary>
internal static class PointCheck
{
    /// <summary>What is wrong and how to mend it, as a sentence; empty where nothing is.</summary>
    /// <param name="fewest">Different counts of workers that are needed.</param>
    public static string Problem(IReadOnlyList<ScalingPoint> points, int fewest, string law)
    {
        foreach (var point in points)
        {
            if (!(point.Workers >= 1) || !double.IsFinite(point.Workers))
                return Invariant($"A count of workers is {point.Workers}; it has to be 1 or more.");
            if (!(point.Throughput > 0) || !double.IsFinite(point.Throughput))
                return Invariant($"The throughput with {point.Workers} workers is {point.Throughput}; a law can only be fitted to throughputs above 0.");
        }

        var counts = points.Select(point => point.Workers).Distinct().Count();
        if (counts < fewest)
        {
            var have = counts == 1 && points.Count > 1 ? Invariant($"all {points.Count} points have {points[0].Workers} workers") : Invariant($"there {(counts == 1 ? "is" : "are")} {counts}");
            return Invariant($"{law} needs points with at least {fewest} different counts of workers, and {have}: measure more counts.");
        }

        return points.All(point => point.Throughput == points[0].Throughput)
            ? Invariant($"All throughputs are {points[0].Throughput}: they show no scaling, so there is nothing to fit. Measure with more digits, or longer.")
            : "";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
