namespace Brigade.Runner.Commands;

/// <summary>What the command line answers to the shell.</summary>
internal static class ExitCodes
{
    /// <summary>Done, and all thresholds hold.</summary>
    public const int Done = 0;

    /// <summary>A threshold does not hold, or a comparison found something slower.</summary>
    public const int ThresholdFailed = 1;

    /// <summary>The spec or the arguments are wrong.</summary>
    public const int Wrong = 2;

    /// <summary>The run failed or was cancelled.</summary>
    public const int RunFailed = 3;
}
