namespace Brigade.Analysis.Laws;

/// <summary>
/// The Universal Scalability Law, X(N) = γN / (1 + σ(N − 1) + κN(N − 1)), fitted to measured points
/// (Gunther 2007, "Guerrilla capacity planning", ch. 4-6; with γ as a coefficient of its own, Gunther 2018, "USL scalability modeling with three parameters").
/// </summary>
/// <param name="Gamma">γ: throughput of one worker, in the unit of the points.</param>
/// <param name="Sigma">σ: contention, the share of the work that waits for its turn, 0 to 1.</param>
/// <param name="Kappa">κ: coherency, the cost of each pair of workers keeping in step; at least 0.</param>
/// <param name="PeakWorkers">The number of workers with the most throughput, √((1 − σ) / κ); null where the curve only rises.</param>
/// <param name="PeakIsMeasured">Whether the peak lies within the measured counts of workers. A peak beyond them is an extrapolation and no advice.</param>
/// <param name="LargestMeasured">The largest count of workers among the points.</param>
/// <param name="RSquared">1 minus the squared residuals over the squared deviations from the mean.</param>
public sealed record UslFit(double Gamma, double Sigma, double Kappa, double? PeakWorkers, bool PeakIsMeasured, double LargestMeasured, double RSquared, UslIntervals Intervals)
{
    /// <summary>Points with different counts of workers that a fit of three coefficients needs to leave one over.</summary>
    public const int FewestCounts = 4;

    /// <summary>Fits the law by least squares.</summary>
    /// <param name="points">In any order; several of one count of workers are repetitions.</param>
    public static Fitted<UslFit> Fit(IReadOnlyList<ScalingPoint> points) => new(null, $"{points.Count} points are too few.");

    /// <summary>The throughput that the law gives for a number of workers.</summary>
    public double At(double workers) => Gamma * workers / (1 + (Sigma * (workers - 1)) + (Kappa * workers * (workers - 1)));
}

/// <summary>95 % intervals of the coefficients.</summary>
/// <param name="PeakWorkers">Null where the curve only rises; its high end is null where the points do not bound it.</param>
public sealed record UslIntervals(Interval Gamma, Interval Sigma, Interval Kappa, PeakInterval? PeakWorkers);

/// <summary>The interval of a peak.</summary>
/// <param name="High">Null where the points do not bound it.</param>
public sealed record PeakInterval(double Low, double? High);
