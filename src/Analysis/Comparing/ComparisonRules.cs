using Brigade.Contracts.Plan;

namespace Brigade.Analysis.Comparing;

/// <summary>From when on a change counts. The defaults are for machines that other work shares; <c>docs/statistics.md</c> tells where they come from.</summary>
public sealed record ComparisonRules
{
    public static ComparisonRules Default { get; } = new();

    /// <summary>A relative change of throughput within this does not count, however certain it is.</summary>
    public double MinimumChange { get; init; } = 0.03;

    /// <summary>The same for the 99th percentile of latency.</summary>
    public double MinimumChangeOfP99 { get; init; } = 0.05;

    /// <summary>The share of wrong "faster" and "slower" among those that are told, at most (Benjamini-Hochberg's q).</summary>
    public double FalseDiscoveryRate { get; init; } = 0.01;

    /// <summary>
    /// From history, where there is one: the relative standard deviation of the medians of runs of this cell on this machine in this metric, beyond what
    /// their repetitions explain (<see cref="RunNoise.Between"/>); null where it is not known.
    /// </summary>
    public Func<Cell, string, double?>? BetweenRuns { get; init; }
}
