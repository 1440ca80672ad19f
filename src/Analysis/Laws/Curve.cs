namespace Brigade.Analysis.Laws;

/// <summary>Squared residuals of X = γ f(N) for a shape f, over the measured points.</summary>
internal sealed class Curve(IReadOnlyList<ScalingPoint> points)
{
    private readonly double[] _workers = [.. points.Select(point => point.Workers)];
    private readonly double[] _throughput = [.. points.Select(point => point.Throughput)];

    public int Count => _workers.Length;

    public double LargestWorkers { get; } = points.Max(point => point.Workers);

    public double SumOfSquares { get; } = points.Sum(point => point.Throughput * point.Throughput);

    /// <summary>The best γ for a shape: least squares have it in closed form.</summary>
    public double Gamma(Func<double, double> shape)
    {
        var (both, squares) = (0.0, 0.0);
        for (var i = 0; i < _workers.Length; i++)
        {
            var value = shape(_workers[i]);
            both += value * _throughput[i];
            squares += value * value;
        }
        return both / squares;
    }

    public double Squares(double gamma, Func<double, double> shape)
    {
        var sum = 0.0;
        for (var i = 0; i < _workers.Length; i++)
        {
            var residual = _throughput[i] - (gamma * shape(_workers[i]));
            sum += residual * residual;
        }
        return sum;
    }

    public double Squares(Func<double, double> shape) => Squares(Gamma(shape), shape);

    /// <summary>1 minus the squared residuals over the squared deviations from the mean.</summary>
    public double RSquared(double squares)
    {
        var mean = _throughput.Average();
        return 1 - (squares / _throughput.Sum(value => (value - mean) * (value - mean)));
    }
}
