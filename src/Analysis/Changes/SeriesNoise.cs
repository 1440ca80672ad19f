using Brigade.Analysis.Statistics;

namespace Brigade.Analysis.Changes;

/// <summary>How much the points of a series vary around their level, as it was known at each point.</summary>
internal sealed class SeriesNoise(double[] values, NoiseModel noise)
{
    /// <summary>Steps further back say little about the machine of today.</summary>
    private const int LongestMemory = 100;

    // Where points are equal to the last digit, a tenth of a percent still is noise.
    private const double LeastDeviation = 0.001;

    // A step this many times the usual one counts as no more: it is a change or an outlier, and not noise.
    private const double LargestStep = 2;

    // What that leaves of the variance of normal values.
    private const double LeftOfVariance = 0.9205;

    // What residuals are cut at where they are only multiplied with their neighbours.
    private const double LargestResidual = 3;

    // The median of normal values varies by so much more than their mean: the root of pi over 2.
    private const double MedianOverMean = 1.2533141373155;

    // Noise that is known counts as estimated from many points.
    private const int DegreesOfKnown = 1_000;

    /// <summary>The standard deviation of logarithms, from the differences of neighbours up to <paramref name="last"/>: a level that changed does not count as noise.</summary>
    public double Deviation(int last)
    {
        if (noise.RelativeDeviation is { } known)
            return Math.Max(known, LeastDeviation);
        var steps = new double[Math.Min(last, LongestMemory)];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = Math.Abs(values[last - i] - values[last - i - 1]);
        var most = LargestStep * Spread.NormalConsistency * Median.Of(steps);
        return Math.Max(LeastDeviation, Math.Sqrt(steps.Sum(step => Math.Pow(Math.Min(step, most), 2)) / steps.Length / LeftOfVariance / 2));
    }

    /// <summary>Degrees of freedom of <see cref="Deviation"/> (as those of the mean square successive difference).</summary>
    public double Degrees(int last)
    {
        var points = Math.Min(last, LongestMemory) + 1.0;
        return noise.RelativeDeviation is null ? 2 * (points - 1) * (points - 1) / ((3 * points) - 4) : DegreesOfKnown;
    }

    /// <summary>The standard error of the difference of two medians, in deviations of a point.</summary>
    public static double ErrorOfDifference(int before, int after) => MedianOverMean * Math.Sqrt((1.0 / before) + (1.0 / after));

    /// <summary>
    /// How much more the medians vary where neighbours resemble each other: the root of (1 + r) / (1 − r) for points whose correlation with the next is r. As few points overstate it
    /// as understate it, it counts as far as it is more than a standard error above 0.
    /// </summary>
    public static double Inflation(double[] values, int start, int end, double level, double deviation)
    {
        var count = end - start;
        var residuals = new double[count];
        for (var i = 0; i < count; i++)
            residuals[i] = Math.Clamp(values[start + i] - level, -LargestResidual * deviation, LargestResidual * deviation);
        var squares = residuals.Sum(value => value * value);
        if (squares <= 0)
            return 1;
        var products = residuals.Zip(residuals.Skip(1), (one, next) => one * next).Sum();
        var correlation = Math.Clamp((products / squares) - (1 / Math.Sqrt(count)), 0, 0.8);
        return Math.Sqrt((1 + correlation) / (1 - correlation));
    }
}
