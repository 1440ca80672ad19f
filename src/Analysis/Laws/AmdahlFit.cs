namespace Brigade.Analysis.Laws;

/// <summary>
/// Amdahl's law, X(N) = γN / (1 + s(N − 1)): a share s of the work runs alone, however many workers there are
/// (Amdahl 1967, "Validity of the single processor approach to achieving large scale computing capabilities", AFIPS 30, 483-485).
/// </summary>
/// <param name="Gamma">γ: throughput of one worker, in the unit of the points.</param>
/// <param name="SerialShare">s, 0 to 1.</param>
/// <param name="LargestSpeedup">1 / s, what any number of workers stays below; null where s is 0.</param>
/// <param name="RSquared">1 minus the squared residuals over the squared deviations from the mean.</param>
public sealed record AmdahlFit(double Gamma, double SerialShare, double? LargestSpeedup, double RSquared, ShareIntervals Intervals)
{
    /// <summary>Points with different counts of workers that a fit needs.</summary>
    public const int FewestCounts = ShareFit.FewestCounts;

    /// <summary>The throughput that the law gives for a number of workers.</summary>
    public double At(double workers) => Gamma * Shape(workers, SerialShare);

    /// <summary>Fits the law by least squares.</summary>
    /// <param name="points">In any order; several with one count of workers are repetitions.</param>
    public static Fitted<AmdahlFit> Fit(IReadOnlyList<ScalingPoint> points)
    {
        var (fit, problem) = ShareFit.Fit(points, "Amdahl's law", Shape);
        return new(fit is null ? null : new(fit.Gamma, fit.Share, fit.Share > 0 ? 1 / fit.Share : null, fit.RSquared, new(fit.GammaEnds, fit.ShareEnds)), problem);
    }

    private static double Shape(double workers, double share) => workers / (1 + (share * (workers - 1)));
}
