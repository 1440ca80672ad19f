namespace Brigade.Analysis.Statistics;

/// <summary>
/// Corrects p-values of many tests so that, of those that are called significant at q, no more than the share q is expected to be wrong
/// (Benjamini and Hochberg 1995, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57(1), 289-300).
/// </summary>
public static class BenjaminiHochberg
{
    /// <summary>Adjusted p-values in the order of <paramref name="pValues"/>; a test is significant at q where its adjusted value is at most q.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var order = Enumerable.Range(0, pValues.Count).OrderByDescending(at => pValues[at]).ToArray();
        var adjusted = new double[pValues.Count];
        var least = 1.0;
        for (var i = 0; i < order.Length; i++)
        {
            least = Math.Min(least, pValues[order[i]] * pValues.Count / (pValues.Count - i));
            adjusted[order[i]] = least;
        }
        return adjusted;
    }
}
