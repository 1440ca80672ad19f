namespace Brigade.Analysis.Changes;

/// <summary>Where a series moved to another level and stayed there.</summary>
/// <param name="Index">The first point of the new level.</param>
/// <param name="Before">The level before, as the median of its points.</param>
/// <param name="After">The level from there on, until the next change.</param>
/// <param name="RelativeShift"><see cref="After"/> over <see cref="Before"/>, minus 1.</param>
/// <param name="Confidence">1 minus the chance that points without a change look like this, 0 to 1.</param>
public sealed record ChangePoint(int Index, double Before, double After, double RelativeShift, double Confidence);
