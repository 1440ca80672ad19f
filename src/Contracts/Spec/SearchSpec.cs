namespace Brigade.Contracts.Spec;

/// <summary>
/// Asks for the best cell within a budget instead of all cells: the lists of the matrix bound the candidates, and one that is left out means all that make sense.
/// The search decides how long and how often each candidate is measured.
/// </summary>
public sealed record SearchSpec
{
    /// <summary>Wall-clock time of the run, start-up of its trials included.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Throughputs this near to each other, as a share, make no difference that matters: of such candidates the cheapest is recommended.</summary>
    public double Difference { get; init; } = 0.03;

    /// <summary>The matrix that leaves every list out that a search fills.</summary>
    public static MatrixSpec OpenMatrix() => new() { Runtime = [], Strategy = [], Workers = [], Channel = [], ChunkSize = [] };

    /// <summary>A spec as a search: what a search decides itself is left to it. An open load stays, and is refused by the rules.</summary>
    public static ExperimentSpec Of(ExperimentSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var defaults = new ExperimentSpec { Name = "", Workload = new WorkloadSpec() };
        return spec with
        {
            Search = spec.Search ?? new SearchSpec(),
            Load = spec.Load.IsOpen() ? spec.Load : defaults.Load,
            Repeat = defaults.Repeat,
            Stop = null,
            Warmup = defaults.Warmup,
            Order = defaults.Order,
            Faults = [],
        };
    }
}
