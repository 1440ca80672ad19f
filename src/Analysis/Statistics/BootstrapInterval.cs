using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace Brigade.Analysis.Statistics;

/// <summary>
/// The bias-corrected and accelerated (BCa) bootstrap interval (Efron 1987, "Better bootstrap confidence intervals", JASA 82(397), 171-185).
/// Bias correction counts ties half; acceleration comes from the jackknife (Efron and Tibshirani 1993, "An introduction to the bootstrap", eq. 14.15).
/// </summary>
/// <param name="Low">Lower end, in the unit of the values.</param>
/// <param name="High">Upper end, in the unit of the values.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BootstrapInterval(double Low, double High)
{
    /// <summary>Enough for the ends of a 95 % interval to be stable to about a tenth of its width.</summary>
    public const int DefaultResamples = 2_000;

    /// <summary>
    /// The interval of the median; always holds the median itself, and lies within the values. Both ends equal the value where there is only one, and 0 where there is none.
    /// The same values in any order and the same seed give the same interval.
    /// </summary>
    /// <param name="confidence">Nominal coverage within 0 and 1. Few values cannot reach it: the range of n values holds the true median with probability 1 − 2^(1 − n) only.</param>
    public static BootstrapInterval OfMedian(IEnumerable<double> values, int seed, double confidence = 0.95, int resamples = DefaultResamples)
    {
        var sample = values.ToArray();
        Array.Sort(sample);
        if (sample.Length == 0)
            return default;
        if (sample[0] == sample[^1])
            return new(sample[0], sample[0]);

        var median = Median.Of(sample);
        var replicates = Resample(sample, seed, resamples);
        var bias = Bias(replicates, median);
        var acceleration = Acceleration(sample);
        var low = End(replicates, bias, acceleration, (1 - confidence) / 2);
        var high = End(replicates, bias, acceleration, (1 + confidence) / 2);
        return new(Math.Min(low, median), Math.Max(high, median));
    }

    /// <summary>Medians of samples drawn with replacement, ascending.</summary>
    private static double[] Resample(double[] sample, int seed, int resamples)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        var replicates = new double[resamples];
        var drawn = new double[sample.Length];
        for (var r = 0; r < resamples; r++)
        {
            for (var i = 0; i < drawn.Length; i++)
                drawn[i] = sample[random.Next(sample.Length)];
            replicates[r] = Median.OfInPlace(drawn);
        }
        Array.Sort(replicates);
        return replicates;
    }

    /// <summary>z0: how far the replicates' middle lies from the estimate, in normal units.</summary>
    private static double Bias(double[] replicates, double estimate)
    {
        var below = replicates.Count(value => value < estimate);
        var equal = replicates.Count(value => value == estimate);
        var share = (below + (equal / 2.0)) / replicates.Length;
        // A share of 0 or 1 would be infinite: half a replicate is the most that was seen.
        var half = 0.5 / replicates.Length;
        return Normal.InvCDF(0, 1, Math.Clamp(share, half, 1 - half));
    }

    /// <summary>a: a sixth of the skewness of the jackknife's values; 0 where they are all equal.</summary>
    private static double Acceleration(double[] sample)
    {
        var left = Enumerable.Range(0, sample.Length).Select(leftOut => Median.Of(sample.Where((_, i) => i != leftOut))).ToArray();
        var mean = left.Average();
        var cubes = left.Sum(value => Math.Pow(mean - value, 3));
        var squares = left.Sum(value => Math.Pow(mean - value, 2));
        return squares == 0 ? 0 : cubes / (6 * Math.Pow(squares, 1.5));
    }

    private static double End(double[] replicates, double bias, double acceleration, double tail)
    {
        var z = bias + Normal.InvCDF(0, 1, tail);
        var adjusted = Normal.CDF(0, 1, bias + (z / (1 - (acceleration * z))));
        return SortedArrayStatistics.QuantileCustom(replicates, adjusted, QuantileDefinition.R7);
    }
}
