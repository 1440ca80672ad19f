namespace Brigade.Data;

/// <summary>What can happen. A new kind is a name here and a story in Web that tells it.</summary>
public static class HappeningKinds
{
    /// <summary>A run that was measured here has ended, in whatever way. The subject is the run.</summary>
    public const string RunFinished = "run.finished";

    /// <summary>A run has ended and a threshold of its spec does not hold. The subject is the run.</summary>
    public const string ThresholdFailed = "threshold.failed";

    /// <summary>The level of a cell became worse: throughput fell or latency rose. The subject is the change.</summary>
    public const string RegressionFound = "regression.found";

    /// <summary>Somebody tries a webhook. The subject is the webhook.</summary>
    public const string Ping = "ping";
}
