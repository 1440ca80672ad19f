using Perfolizer.Mathematics.Multimodality;

namespace Brigade.Analysis.Statistics;

/// <summary>
/// Whether values fall into several groups, by Perfolizer's lowland method on a density histogram of Harrell-Davis quantiles (Akinshin 2020, "Lowland multimodality detection").
/// Two groups mean two kinds of behaviour: a median lies in one of them or between, and describes neither.
/// </summary>
public static class Modality
{
    /// <summary>Fewer values than this hardly ever show two groups, however far they lie apart.</summary>
    public const int FewestValues = 20;

    /// <summary>The median of each group, ascending; the median of all where there is only one group, or too few values to tell.</summary>
    /// <param name="values">In any order.</param>
    public static IReadOnlyList<double> Groups(IReadOnlyList<double> values)
    {
        if (values.Count < FewestValues || values.Min() == values.Max())
            return values.Count == 0 ? [] : [Median.Of(values)];
        var modes = LowlandModalityDetector.Instance.DetectModes(values).Modes;
        return modes.Count < 2 ? [Median.Of(values)] : [.. modes.OrderBy(mode => mode.Location).Select(mode => Median.Of(values.Where(value => value >= mode.Left && value <= mode.Right)))];
    }
}
