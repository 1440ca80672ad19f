using MathNet.Numerics.Statistics;

namespace Brigade.Analysis.Statistics;

/// <summary>How far values lie apart, absolute or relative to their middle.</summary>
public static class Spread
{
    /// <summary>1 / Φ⁻¹(3/4): makes the median absolute deviation of normal data estimate its standard deviation (Rousseeuw and Croux 1993).</summary>
    public const double NormalConsistency = 1.482602218505602;

    /// <summary>Median absolute deviation from the median, unscaled, in the unit of the values (Hampel 1974); 0 for no values.</summary>
    public static double MedianAbsoluteDeviation(IReadOnlyList<double> values)
    {
        var median = Median.Of(values);
        return Median.Of(values.Select(value => Math.Abs(value - median)));
    }

    /// <summary>The scaled median absolute deviation over the median, a ratio that one outlier does not move; 0 where the median is 0.</summary>
    public static double RelativeDeviation(IReadOnlyList<double> values)
    {
        var median = Median.Of(values);
        return median == 0 ? 0 : NormalConsistency * MedianAbsoluteDeviation(values) / Math.Abs(median);
    }

    /// <summary>Coefficient of variation: the sample standard deviation (n − 1) over the mean, a ratio; 0 for fewer than two values or a mean of 0.</summary>
    public static double CoefficientOfVariation(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return 0;
        var (mean, deviation) = values.MeanStandardDeviation();
        return mean == 0 ? 0 : deviation / Math.Abs(mean);
    }
}
