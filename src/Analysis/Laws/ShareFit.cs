namespace Brigade.Analysis.Laws;

/// <summary>What the laws of Amdahl and Gustafson have in common: X(N) = γ f(N, share), with a share of the work within 0 and 1 that does not run in parallel.</summary>
internal sealed record ShareFit(double Gamma, double Share, double RSquared, Interval GammaEnds, Interval ShareEnds)
{
    /// <summary>Points with different counts of workers that two coefficients need, to leave one over.</summary>
    public const int FewestCounts = 3;

    public static Fitted<ShareFit> Fit(IReadOnlyList<ScalingPoint> points, string law, Func<double, double, double> shape)
    {
        if (PointCheck.Problem(points, FewestCounts, law) is { Length: > 0 } problem)
            return new(null, problem);

        var curve = new Curve(points);
        double ForShare(double share) => curve.Squares(workers => shape(workers, share));
        var (share, squares) = Minimum.Find(ForShare, 0, 1);
        var gamma = curve.Gamma(workers => shape(workers, share));
        double ForGamma(double fixedGamma) => Minimum.Find(value => curve.Squares(fixedGamma, workers => shape(workers, value)), 0, 1).Value;
        var profile = new Profile(squares, curve.SumOfSquares, curve.Count - 2);
        return new(new(gamma, share, curve.RSquared(squares), profile.Between(ForGamma, gamma, gamma / 1000, gamma * 10), profile.Between(ForShare, share, 0, 1)), "");
    }
}

/// <summary>95 % intervals of the coefficients of a law with a serial share.</summary>
public sealed record ShareIntervals(Interval Gamma, Interval SerialShare);
