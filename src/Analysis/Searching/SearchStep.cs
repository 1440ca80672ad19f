namespace Brigade.Analysis.Searching;

/// <summary>What a search does next.</summary>
/// <param name="Trial">Index of the planned trial.</param>
public abstract record SearchStep(int Trial);

/// <summary>Measure a candidate.</summary>
/// <param name="Duration">How long tasks are started.</param>
/// <param name="Warmup">How long before that; zero for no warm-up, or for one task in the first trial of a runtime.</param>
/// <param name="Timeout">When it is given up.</param>
public sealed record MeasureStep(int Trial, TimeSpan Duration, TimeSpan Warmup, TimeSpan Timeout) : SearchStep(Trial)
{
    /// <summary>Whether it is the first trial of a runtime, of whose tasks nothing is known: one task warms it up.</summary>
    public bool IsProbe { get; init; }
}

/// <summary>Leave a planned trial out.</summary>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record SkipStep(int Trial, string Reason) : SearchStep(Trial);
