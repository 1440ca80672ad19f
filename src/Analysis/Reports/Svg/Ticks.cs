namespace Brigade.Analysis.Reports.Svg;

/// <summary>Round numbers for an axis.</summary>
internal static class Ticks
{
    /// <summary>From 0 to at least the largest value, in at most about six steps of 1, 2 or 5 times a power of ten.</summary>
    public static IReadOnlyList<double> Linear(double largest)
    {
        if (!(largest > 0) || !double.IsFinite(largest))
            return [0, 1];
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest / 5)));
        var step = new[] { 1.0, 2, 5, 10 }.Select(factor => factor * power).First(candidate => largest / candidate <= 5);
        var count = (int)Math.Ceiling(Math.Round(largest / step, 9));
        return [.. Enumerable.Range(0, count + 1).Select(index => index * step)];
    }

    /// <summary>Powers of ten around the values.</summary>
    public static IReadOnlyList<double> Powers(double smallest, double largest)
    {
        var first = (int)Math.Floor(Math.Log10(smallest));
        var last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(largest)));
        return [.. Enumerable.Range(first, last - first + 1).Select(power => Math.Pow(10, power))];
    }
}
