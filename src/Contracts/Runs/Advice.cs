using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Runs;

/// <summary>
/// What to use, and why. <see cref="Class"/> is <c>cpu-bound</c>, <c>memory-bound</c>, <c>fast-io</c>, <c>slow-io</c> or <c>mixed</c>; <see cref="Confidence"/> 0 to 1.
/// It always names a cell that was measured.
/// </summary>
public sealed record Advice(string Class, double Confidence, string Runtime, Strategy Strategy, int Workers, string Because)
{
    /// <summary>Index into <see cref="RunResult.Cells"/> of the cell to use.</summary>
    public int Cell { get; init; }

    /// <summary>Median throughput of that cell.</summary>
    public double ThroughputPerSecond { get; init; }

    /// <summary>95 % interval of that throughput.</summary>
    public CellInterval Interval { get; init; } = new(0, 0);

    /// <summary>Whether several cells do about the same, so that the recommended one is the cheapest of them and no faster.</summary>
    public bool NoDifference { get; init; }

    /// <summary>What it costs.</summary>
    public AdviceCost Cost { get; init; } = new(0, 0, 0);

    /// <summary>The next best one; null where nothing else was measured.</summary>
    public RunnerUp? RunnerUp { get; init; }

    /// <summary>What the class and the choice rest on, the most telling first.</summary>
    public IReadOnlyList<AdviceEvidence> Evidence { get; init; } = [];
}

/// <summary>What a cell costs beside time: medians over its completed repetitions.</summary>
/// <param name="CpuSecondsPer1000Tasks">Processor time of 1,000 tasks, their errors included.</param>
public sealed record AdviceCost(double PeakMemoryBytes, double CpuSecondsPer1000Tasks, double StartupMs);

/// <summary>The best cell after the recommended one.</summary>
/// <param name="Cell">Index into <see cref="RunResult.Cells"/>.</param>
/// <param name="Behind">How much less it did than the recommended one, as a share: 0.2 for a fifth; below 0 where it did more, but not enough to matter.</param>
/// <param name="BehindLow">Lower end of the 95 % interval of <paramref name="Behind"/>.</param>
/// <param name="BehindHigh">Upper end of that interval.</param>
public sealed record RunnerUp(int Cell, string Runtime, Strategy Strategy, int Workers, double ThroughputPerSecond, double Behind, double BehindLow, double BehindHigh, AdviceCost Cost);

/// <summary>One figure that the advice rests on.</summary>
/// <param name="Id">Stable name, such as <c>cpu-share</c> or <c>gil</c>.</param>
/// <param name="Text">What it says, as a sentence in the subject's words.</param>
/// <param name="Value">The figure itself.</param>
/// <param name="Unit">Its unit, such as <c>ratio</c>, <c>ms</c> or <c>processors</c>.</param>
public sealed record AdviceEvidence(string Id, string Text, double Value, string Unit);
