namespace Brigade.Analysis.Changes;

/// <summary>What counts as noise of a series, and what as a change.</summary>
public sealed record NoiseModel
{
    public static NoiseModel Default { get; } = new();

    /// <summary>A level is known from so many points on.</summary>
    internal const int FewestBefore = 4;

    /// <summary>Fewer points than this are no new level yet. Their median withstands one outlier.</summary>
    internal const int FewestAfter = 3;

    /// <summary>A change is looked for within so many of the latest points; where they do not show it, more will not.</summary>
    internal const int LongestLook = 49;

    /// <summary>How certain ranks must be that the points before and after differ. So 6 points on each side are the fewest, or 3 after 16.</summary>
    internal const double RankSignificance = 0.0025;

    /// <summary>Relative standard deviation of single points around their level, where it is known; estimated from the series where null.</summary>
    public double? RelativeDeviation { get; init; }

    /// <summary>A relative shift within this is not told.</summary>
    public double MinimumShift { get; init; } = 0.03;

    /// <summary>How certain a shift must be whenever a point is added.</summary>
    public double Confidence { get; init; } = 0.999;
}
