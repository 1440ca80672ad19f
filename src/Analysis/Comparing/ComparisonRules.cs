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
    /// From history, where there is one: the medians of earlier runs of a cell in a metric on the same machine, oldest first. They tell how much runs differ while
    /// nothing changes, which two runs alone cannot (<see cref="RunNoise"/>).
    /// </summary>
    public Func<Cell, string, IReadOnlyList<double>>? EarlierMedians { get; init; }

    /// <summary>The relative change of a metric within which nothing counts.</summary>
    public double MinimumOf(string metric) => metric == Metrics.P99 ? MinimumChangeOfP99 : MinimumChange;
}
