using Brigade.Analysis.Statistics;
using MathNet.Numerics.Distributions;

namespace Brigade.Analysis.Comparing;

/// <summary>How much the medians of runs of one thing differ from run to run, while nothing changed.</summary>
/// <param name="RelativeDeviation">Standard deviation of the medians, relative to their median.</param>
/// <param name="Runs">How many runs it was estimated from.</param>
public sealed record RunNoise(double RelativeDeviation, int Runs)
{
    /// <summary>Fewer runs than this do not tell how much runs differ.</summary>
    public const int FewestRuns = 5;

    // A step this many times the usual one is a change and not noise.
    private const double LargestStep = 3;

    /// <summary>
    /// Estimates it from the differences of neighbours, so that a change that lasted counts once (von Neumann, Kent, Bellinson and Hart 1941, "The mean square successive
    /// difference", Annals of Mathematical Statistics 12(2), 153-162). Null for fewer than <see cref="FewestRuns"/>.
    /// </summary>
    /// <param name="medians">Medians of earlier runs, oldest first.</param>
    public static RunNoise? Of(IReadOnlyList<double> medians)
    {
        var middle = Median.Of(medians);
        if (medians.Count < FewestRuns || middle <= 0)
            return null;
        var steps = medians.Zip(medians.Skip(1), (one, next) => Math.Abs(next - one)).ToArray();
        var most = LargestStep * Spread.NormalConsistency * Median.Of(steps);
        return new(Math.Sqrt(steps.Average(step => Math.Pow(Math.Min(step, most), 2)) / 2) / middle, medians.Count);
    }

    /// <summary>The relative difference of two runs that 99 of 100 pairs without a change stay within: Student's t with the degrees of freedom that successive differences have.</summary>
    public double LargestDifference
    {
        get
        {
            var degrees = 2 * Math.Pow(Runs - 1, 2) / ((3 * Runs) - 4);
            return Math.Sqrt(2) * RelativeDeviation * StudentT.InvCDF(0, 1, degrees, 0.995);
        }
    }
}
