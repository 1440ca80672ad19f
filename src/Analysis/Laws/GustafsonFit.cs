namespace Brigade.Analysis.Laws;

/// <summary>
/// Gustafson's law, X(N) = γ(N − s(N − 1)): the work grows with the workers, and a share s of the time runs alone. Fits where more workers were given more work
/// (Gustafson 1988, "Reevaluating Amdahl's law", Communications of the ACM 31(5), 532-533).
/// </summary>
/// <param name="Gamma">γ: throughput of one worker, in the unit of the points.</param>
/// <param name="SerialShare">s, 0 to 1.</param>
/// <param name="RSquared">1 minus the squared residuals over the squared deviations from the mean.</param>
public sealed record GustafsonFit(double Gamma, double SerialShare, double RSquared, ShareIntervals Intervals)
{
    /// <summary>Points with different counts of workers that a fit needs.</summary>
    public const int FewestCounts = ShareFit.FewestCounts;

    /// <summary>The throughput that the law gives for a number of workers.</summary>
    public double At(double workers) => Gamma * Shape(workers, SerialShare);

    /// <summary>Fits the law by least squares.</summary>
    /// <param name="points">In any order; several with one count of workers are repetitions.</param>
    public static Fitted<GustafsonFit> Fit(IReadOnlyList<ScalingPoint> points)
    {
        var (fit, problem) = ShareFit.Fit(points, "Gustafson's law", Shape);
        return new(fit is null ? null : new(fit.Gamma, fit.Share, fit.RSquared, new(fit.GammaEnds, fit.ShareEnds)), problem);
    }

    private static double Shape(double workers, double share) => workers - (share * (workers - 1));
}
