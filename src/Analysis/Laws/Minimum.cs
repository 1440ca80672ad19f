namespace Brigade.Analysis.Laws;

/// <summary>The least value of a function of one variable within bounds, which may themselves be where it lies.</summary>
internal static class Minimum
{
    private const int GridSteps = 12;

    // Each step narrows the bracket to 0.618 of it: below a 10^-9th of the range.
    private const int GoldenSteps = 44;

    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>A coarse grid finds the valley, golden-section search (Kiefer 1953) its bottom.</summary>
    public static (double At, double Value) Find(Func<double, double> function, double low, double high)
    {
        var best = (At: low, Value: function(low));
        for (var step = 1; step <= GridSteps; step++)
            best = Better(best, low + ((high - low) * step / GridSteps), function);

        var (left, right) = (Math.Max(low, best.At - ((high - low) / GridSteps)), Math.Min(high, best.At + ((high - low) / GridSteps)));
        var (one, two) = (right - (Golden * (right - left)), left + (Golden * (right - left)));
        var (first, second) = (function(one), function(two));
        for (var step = 0; step < GoldenSteps; step++)
        {
            if (first <= second)
            {
                (right, two, second) = (two, one, first);
                one = right - (Golden * (right - left));
                first = function(one);
            }
            else
            {
                (left, one, first) = (one, two, second);
                two = left + (Golden * (right - left));
                second = function(two);
            }
        }
        return Better(best, (left + right) / 2, function);
    }

    private static (double At, double Value) Better((double At, double Value) best, double at, Func<double, double> function)
    {
        var value = function(at);
        return value < best.Value ? (at, value) : best;
    }
}
