using Brigade.Analysis.Statistics;

namespace Brigade.Analysis.Comparing;

/// <summary>How much the medians of runs of the same thing differ from run to run.</summary>
public static class RunNoise
{
    /// <summary>Fewer runs than this do not tell how much runs differ.</summary>
    public const int FewestRuns = 4;

    /// <summary>
    /// The relative standard deviation of the medians of earlier runs, estimated from the differences of neighbours (von Neumann et al. 1941), so that a change that lasts
    /// counts once and not as noise. An upper bound of the noise between runs, because it holds their own noise too. Null for fewer than <see cref="FewestRuns"/>.
    /// </summary>
    /// <param name="medians">One per run, oldest first.</param>
    public static double? Between(IReadOnlyList<double> medians)
    {
        var median = Median.Of(medians);
        if (medians.Count < FewestRuns || median <= 0)
            return null;
        // The median of |difference| of normal values with deviation s is 0.954 s: sqrt(2) over the consistency constant.
        var steps = medians.Zip(medians.Skip(1), (one, next) => Math.Abs(next - one));
        return Spread.NormalConsistency * Median.Of(steps) / Math.Sqrt(2) / median;
    }
}
