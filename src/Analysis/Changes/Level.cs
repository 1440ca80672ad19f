namespace Brigade.Analysis.Changes;

/// <summary>The points since the latest change, with the median of each beginning of them.</summary>
internal sealed class Level(double[] values, int start)
{
    private readonly SortedValues _sorted = new();
    private readonly List<double> _medians = [];

    public int Start { get; } = start;

    public void Add(int at)
    {
        _medians.Add(_sorted.Median);
        _sorted.Add(values[at]);
    }

    /// <summary>The median of the points before <paramref name="at"/>, which has been added.</summary>
    public double MedianBefore(int at) => _medians[Math.Max(0, at - Start)];

    public static double Median(IReadOnlyList<double> series, int from, int to) => Statistics.Median.Of(series.Skip(from).Take(to - from));
}

/// <summary>Values in order of size.</summary>
internal sealed class SortedValues
{
    private readonly List<double> _values = [];

    /// <summary>0 for no values.</summary>
    public double Median => _values.Count == 0 ? 0 : (_values[(_values.Count - 1) / 2] + _values[_values.Count / 2]) / 2;

    public void Add(double value)
    {
        var at = _values.BinarySearch(value);
        _values.Insert(at < 0 ? ~at : at, value);
    }
}
