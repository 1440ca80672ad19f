using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Contracts.Messages;

/// <summary>The names of the events that <c>GET /api/v1/runs/{id}/events</c> sends, and what each of them holds.</summary>
public static class RunStream
{
    /// <summary>How the run is: a <see cref="RunState"/>. Sent first, at each change, and from time to time while nothing happens; the last event of an ended run.</summary>
    public const string State = "run";

    /// <summary>What is going to be executed and where: a <see cref="RunPlanned"/>. Sent once it is known, before everything that points into it.</summary>
    public const string Plan = "plan";

    /// <summary>A trial that starts, is being measured or has ended: a <see cref="TrialState"/>.</summary>
    public const string Trial = "trial";

    /// <summary>100 ms of a trial, or a longer time of one that was measured a while ago: a <see cref="Frame"/> without its histogram. All of a trial's come before its end.</summary>
    public const string Frame = "frame";
}

/// <summary>A run as it is now.</summary>
/// <param name="Reason">Why it did not complete; empty while it is under way and where it did.</param>
/// <param name="CurrentTrial">Index of the trial that runs now; absent where none does.</param>
/// <param name="RemainingMs">Estimate of the time left, in milliseconds; absent where there is none yet.</param>
public sealed record RunState(RunStatus Status, string Reason, int Trials, int TrialsEnded, int? CurrentTrial, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, double? RemainingMs);

/// <summary>What is going to be executed, and on which machine.</summary>
public sealed record RunPlanned(Machine Machine, TrialPlan Plan);

/// <summary>One trial as it is now.</summary>
/// <param name="StartupMs">Absent until its measuring has begun.</param>
/// <param name="Result">Absent until it has ended.</param>
public sealed record TrialState(int Index, TrialStatus Status, double? StartupMs, TrialResult? Result);
