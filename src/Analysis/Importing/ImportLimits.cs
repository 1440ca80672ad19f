namespace Brigade.Analysis.Importing;

/// <summary>What a file may hold, so that a hostile one costs little.</summary>
public static class ImportLimits
{
    public const int MaximumBytes = 32 * 1024 * 1024;

    public const int MaximumBenchmarks = 2_000;

    /// <summary>Of a whole run; what a file measured more often is put together in groups.</summary>
    public const int MaximumTrials = 20_000;

    /// <summary>Of one benchmark.</summary>
    public const int MaximumRepetitions = 100;

    public const int MaximumRows = 200_000;

    public const int MaximumNameLength = 300;

    public const int MaximumParameters = 20;

    public const int MaximumDepth = 64;

    /// <summary>About 30 years, in milliseconds: nothing that was measured takes longer.</summary>
    public const double LongestMs = 1e12;

    public const double LargestCount = 1e15;
}
