using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Reports;

/// <summary>What is told of a run beyond its figures; all but the result may be unknown.</summary>
public sealed record RunReport(RunResult Result)
{
    /// <summary>The run's id on the server; empty where it was measured without one.</summary>
    public string Id { get; init; } = "";

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The tool that the run was imported from; empty where Brigade measured it.</summary>
    public string Source { get; init; } = "";

    /// <summary>What was asked, as YAML; empty where it is not known.</summary>
    public string Spec { get; init; } = "";

    /// <summary>The result with the histograms that its trials have, by index.</summary>
    /// <param name="uncorrected">Of the latency from the actual start, for open load.</param>
    public static RunResult WithHistograms(RunResult result, IReadOnlyDictionary<int, byte[]> histograms, IReadOnlyDictionary<int, byte[]> uncorrected) => result with
    {
        Trials = [.. result.Trials.Select(row => row with
        {
            Histogram = histograms.GetValueOrDefault(row.Index) is { Length: > 0 } histogram ? histogram : null,
            UncorrectedHistogram = uncorrected.GetValueOrDefault(row.Index) is { Length: > 0 } other ? other : null,
        })],
    };
}
