namespace Brigade.Contracts.Runs;

public enum RunStatus
{
    Queued,
    Assigned,
    Running,
    Finishing,
    Completed,
    Failed,
    Cancelled,

    /// <summary>Its runner went away and did not come back.</summary>
    Lost,
}

public enum TrialStatus
{
    Pending,
    Running,
    Completed,
    Failed,
    TimedOut,
    Cancelled,

    /// <summary>Not executed, because <c>stop.relativeError</c> was reached before or a search did not need it; its warnings say so.</summary>
    Skipped,
}

public static class RunStatusExtensions
{
    /// <summary>Whether the run has ended and its status will not change again.</summary>
    public static bool IsTerminal(this RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.Lost;
}
