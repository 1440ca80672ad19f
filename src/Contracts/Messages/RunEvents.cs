using System.Text.Json.Serialization;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Contracts.Messages;

/// <summary>
/// What a runner tells of a run, in order. The set is closed. Every output (console, JSON file, server) is fed by these,
/// and the server builds all it stores and shows from them.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunStarted), "run-started")]
[JsonDerivedType(typeof(TrialStarted), "trial-started")]
[JsonDerivedType(typeof(TrialMeasuring), "trial-measuring")]
[JsonDerivedType(typeof(FrameRecorded), "frame")]
[JsonDerivedType(typeof(TrialEnded), "trial-ended")]
[JsonDerivedType(typeof(RunEnded), "run-ended")]
public abstract record RunEvent
{
    private protected RunEvent()
    {
    }
}

public sealed record RunStarted(DateTimeOffset At, Machine Machine, TrialPlan Plan) : RunEvent;

/// <summary>The trial's process is being started.</summary>
public sealed record TrialStarted(DateTimeOffset At, int Trial) : RunEvent;

/// <summary>Workers are up, warm-up is over, the first task starts.</summary>
public sealed record TrialMeasuring(int Trial, double StartupMs) : RunEvent;

public sealed record FrameRecorded(Frame Frame) : RunEvent;

public sealed record TrialEnded(DateTimeOffset At, TrialResult Result) : RunEvent;

/// <summary>The last event of a run.</summary>
/// <param name="Reason">Why it did not complete, in one line a user understands; empty where it did.</param>
public sealed record RunEnded(DateTimeOffset At, RunStatus Status, string Reason) : RunEvent;
