using MathNet.Numerics.Distributions;

namespace Brigade.Analysis.Laws;

/// <summary>
/// Profile likelihood intervals: all values of one coefficient for which the other ones can still be chosen so that the squared residuals do not exceed what chance explains
/// (Bates and Watts 1988, "Nonlinear regression analysis and its applications", ch. 6). Unlike an estimate with a standard error they respect bounds, and may be one-sided.
/// </summary>
internal sealed class Profile
{
    private const int Halvings = 44;

    private readonly double _most;

    /// <param name="squares">The squared residuals of the best fit.</param>
    /// <param name="scale">The sum of the squared values, below whose rounding nothing is told apart.</param>
    /// <param name="degrees">Points minus coefficients; at least 1.</param>
    public Profile(double squares, double scale, int degrees, double confidence = 0.95)
    {
        var t = StudentT.InvCDF(0, 1, degrees, (1 + confidence) / 2);
        _most = (squares * (1 + (t * t / degrees))) + (scale * 1e-13);
    }

    /// <summary>How far the coefficient can go from its estimate towards <paramref name="limit"/>.</summary>
    /// <param name="squares">The least squared residuals for a fixed value of the coefficient.</param>
    public double End(Func<double, double> squares, double estimate, double limit)
    {
        if (Reaches(squares, limit))
            return limit;
        var (within, beyond) = (estimate, limit);
        for (var step = 0; step < Halvings; step++)
        {
            var middle = (within + beyond) / 2;
            if (squares(middle) <= _most)
                within = middle;
            else
                beyond = middle;
        }
        return within;
    }

    public bool Reaches(Func<double, double> squares, double value) => squares(value) <= _most;

    public Interval Between(Func<double, double> squares, double estimate, double least, double most) => new(End(squares, estimate, least), End(squares, estimate, most));
}
