namespace Brigade.Analysis.Changes;

/// <summary>What counts as noise of a series.</summary>
public sealed record NoiseModel
{
    public static NoiseModel Default { get; } = new();

    /// <summary>Relative standard deviation of single points around their level, where it is known; estimated from the series where null.</summary>
    public double? RelativeDeviation { get; init; }

    /// <summary>A relative shift within this is not reported.</summary>
    public double MinimumShift { get; init; } = 0.03;

    /// <summary>How certain a shift must be.</summary>
    public double Confidence { get; init; } = 0.999;
}
