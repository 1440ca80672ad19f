using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Runs;

/// <summary>What somebody thought, before a run, would win it.</summary>
/// <param name="Runtime">As the spec names it; null where any will do.</param>
/// <param name="Workers">Null where any number will do.</param>
/// <param name="Speedup">How many times as fast as one task after the other, in the same runtime; null where nothing was said about it.</param>
public sealed record Guess(Strategy Strategy, string? Runtime, int? Workers, double? Speedup);
