using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Live;

/// <summary>Where pages of this node watch runs. One feed per run and node, shared by all its viewers.</summary>
public interface ILiveRuns
{
    /// <summary>Joins a run's feed; dispose the viewer to leave. Null where the run does not exist in the workspace.</summary>
    Task<IRunViewer?> WatchAsync(Guid runId, CancellationToken cancellation = default);
}

/// <summary>
/// One viewer's position in a feed. The viewer pulls what came since its last look, so a slow browser gets larger
/// batches and never holds up the others; a page that opens late gets the whole series by its first look.
/// </summary>
public interface IRunViewer : IAsyncDisposable
{
    /// <summary>The structure as it is now: status, plan, trials. A new object whenever it changed.</summary>
    RunSnapshot Snapshot { get; }

    /// <summary>The structure as it was when <see cref="NextAsync"/> answered last: the frames of a trial that has ended in it were all answered.</summary>
    RunSnapshot Seen { get; }

    /// <summary>Frames that came since the last call (all there are on the first), in order. Waits until there is a frame or a new snapshot, at most about 50 ms after it came; empty when only the snapshot changed.</summary>
    ValueTask<IReadOnlyList<Frame>> NextAsync(CancellationToken cancellation);

    /// <summary>Forgets the position, so that the next call answers all frames again (after a browser reconnected with an empty chart).</summary>
    void Rewind();
}

/// <summary>A run as its page shows it, without the frames.</summary>
/// <param name="Trials">One per planned trial, by index; empty until the plan is known.</param>
/// <param name="CurrentTrial">Index of the trial that runs now; null where none does.</param>
/// <param name="Remaining">Estimate of the time left, from the trials that have ended; null where there is none yet.</param>
public sealed record RunSnapshot(
    Guid RunId, RunStatus Status, string Reason, TrialPlan? Plan, Machine? Machine, IReadOnlyList<TrialSnapshot> Trials, int? CurrentTrial, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, TimeSpan? Remaining);

/// <param name="Result">Null until the trial has ended.</param>
public sealed record TrialSnapshot(int Index, TrialStatus Status, double? StartupMs, TrialResult? Result);
