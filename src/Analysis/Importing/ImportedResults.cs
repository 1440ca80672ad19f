using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Importing;

/// <summary>What a tool's file holds, before it is given the form of a run.</summary>
public sealed record ImportedResults
{
    /// <summary>What people may call it; cleaned later.</summary>
    public required string Name { get; init; }

    public DateTimeOffset? MeasuredAt { get; init; }

    public Machine Machine { get; init; } = new("", 0, 0, "", "", "", 0, []);

    /// <summary>Those of the same name, parameters and workers become one cell.</summary>
    public required IReadOnlyList<ImportedBenchmark> Benchmarks { get; init; }

    /// <summary>What was left out or is told differently, in plain sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One thing that was measured.</summary>
/// <param name="Runtime">As a cell names it, without its version, so that its trend goes on through versions.</param>
/// <param name="Trials">In the order in which they were measured; their places are filled in later.</param>
public sealed record ImportedBenchmark(string Name, string Runtime, IReadOnlyList<TrialResult> Trials)
{
    /// <summary><see cref="Contracts.Spec.Strategy.Sequential"/> for a benchmark, <see cref="Contracts.Spec.Strategy.Async"/> for users that a load test has at the same time.</summary>
    public Strategy Strategy { get; init; } = Strategy.Sequential;

    public int Workers { get; init; } = 1;

    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
}
