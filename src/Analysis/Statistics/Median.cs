using MathNet.Numerics.Statistics;

namespace Brigade.Analysis.Statistics;

/// <summary>The sample median: the middle value, or the mean of the two middle values (Hyndman and Fan 1996, definition 7 at p = 0.5).</summary>
public static class Median
{
    /// <summary>The median in the unit of the values; 0 for no values, so that an empty cell stays readable.</summary>
    public static double Of(IEnumerable<double> values) => OfInPlace(values.ToArray());

    /// <summary>As <see cref="Of"/>, without a copy: the order of <paramref name="values"/> changes.</summary>
    internal static double OfInPlace(double[] values) => values.Length == 0 ? 0 : ArrayStatistics.MedianInplace(values);
}
