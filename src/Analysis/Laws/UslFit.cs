namespace Brigade.Analysis.Laws;

/// <summary>
/// The Universal Scalability Law, X(N) = γN / (1 + σ(N − 1) + κN(N − 1)), fitted to measured points
/// (Gunther 2007, "Guerrilla capacity planning", ch. 4-6; with γ as a coefficient of its own, Gunther 2018, "USL scalability modeling with three parameters").
/// </summary>
/// <param name="Gamma">γ: throughput of one worker, in the unit of the points.</param>
/// <param name="Sigma">σ: contention, the share of the work that waits for its turn, 0 to 1.</param>
/// <param name="Kappa">κ: coherency, the cost of each pair of workers keeping in step; at least 0.</param>
/// <param name="PeakWorkers">The number of workers with the most throughput, √((1 − σ) / κ) and at least 1; null where the curve only rises.</param>
/// <param name="PeakIsMeasured">Whether the peak lies within the measured counts of workers. A peak beyond or below them is an extrapolation and no advice.</param>
/// <param name="SmallestMeasured">The smallest count of workers among the points.</param>
/// <param name="LargestMeasured">The largest count of workers among the points.</param>
/// <param name="RSquared">1 minus the squared residuals over the squared deviations from the mean.</param>
public sealed record UslFit(double Gamma, double Sigma, double Kappa, double? PeakWorkers, bool PeakIsMeasured, double SmallestMeasured, double LargestMeasured, double RSquared, UslIntervals Intervals)
{
    /// <summary>Points with different counts of workers that a fit of three coefficients needs, to leave one over.</summary>
    public const int FewestCounts = 4;

    // κ is searched on 0 to 1 by u / (1 − u), in units of 1 / N², where it is about 1 when it matters.
    private const double LastU = 0.99999;

    /// <summary>The throughput that the law gives for a number of workers.</summary>
    public double At(double workers) => Gamma * Shape(workers, Sigma, Kappa);

    /// <summary>
    /// Fits the law by least squares with σ within 0 and 1 and κ not below 0, as the R package usl does. Intervals are those of the likelihood's profile.
    /// </summary>
    /// <param name="points">In any order; several with one count of workers are repetitions.</param>
    public static Fitted<UslFit> Fit(IReadOnlyList<ScalingPoint> points)
    {
        if (PointCheck.Problem(points, FewestCounts, "The Universal Scalability Law") is { Length: > 0 } problem)
            return new(null, problem);

        var curve = new Curve(points);
        var largest = curve.LargestWorkers;
        var smallest = points.Min(point => point.Workers);
        double Kappa(double u) => u / (1 - u) / (largest * largest);

        double ForSigmaAndU(double sigma, double u) => curve.Squares(workers => Shape(workers, sigma, Kappa(u)));
        (double At, double Value) OverU(double sigma) => Minimum.Find(u => ForSigmaAndU(sigma, u), 0, LastU);
        var (sigma, squares) = Minimum.Find(value => OverU(value).Value, 0, 1);
        var u = OverU(sigma).At;
        var kappa = Kappa(u);
        var gamma = curve.Gamma(workers => Shape(workers, sigma, kappa));

        var profile = new Profile(squares, curve.SumOfSquares, curve.Count - 3);
        double ForGamma(double fixedGamma) => Minimum.Find(s => Minimum.Find(v => curve.Squares(fixedGamma, workers => Shape(workers, s, Kappa(v))), 0, LastU).Value, 0, 1).Value;
        double ForU(double fixedU) => Minimum.Find(s => ForSigmaAndU(s, fixedU), 0, 1).Value;
        var kappaEnds = profile.Between(ForU, u, 0, LastU);
        var peak = Peak(sigma, kappa);
        return new(
            new(gamma, sigma, kappa, peak, peak >= smallest && peak <= largest, smallest, largest, curve.RSquared(squares), new(
                profile.Between(ForGamma, gamma, gamma / 1000, gamma * 10),
                profile.Between(s => OverU(s).Value, sigma, 0, 1),
                new(Kappa(kappaEnds.Low), Kappa(kappaEnds.High)),
                PeakEnds(curve, profile, peak))),
            "");
    }

    private static double Shape(double workers, double sigma, double kappa) => workers / (1 + (sigma * (workers - 1)) + (kappa * workers * (workers - 1)));

    private static double? Peak(double sigma, double kappa) => Math.Max(1, Math.Sqrt((1 - sigma) / kappa)) is var peak && double.IsFinite(peak) ? peak : sigma >= 1 ? 1 : null;

    /// <summary>The same law with the peak as a coefficient in the place of κ: 1 over the peak is searched, of which 0 means that there is none.</summary>
    private static PeakInterval PeakEnds(Curve curve, Profile profile, double? peak)
    {
        double ForInverse(double inverse) => Minimum.Find(s => curve.Squares(workers => Shape(workers, s, (1 - s) * inverse * inverse)), 0, 1).Value;
        var estimate = 1 / (peak ?? double.PositiveInfinity);
        var high = profile.End(ForInverse, estimate, 0);
        return new(1 / profile.End(ForInverse, estimate, 1), high <= 0 ? null : 1 / high);
    }
}

/// <summary>95 % intervals of the coefficients.</summary>
public sealed record UslIntervals(Interval Gamma, Interval Sigma, Interval Kappa, PeakInterval PeakWorkers);

/// <summary>The 95 % interval of a peak.</summary>
/// <param name="High">Null where the points do not bound it, so that the throughput may rise for ever.</param>
public sealed record PeakInterval(double Low, double? High);
