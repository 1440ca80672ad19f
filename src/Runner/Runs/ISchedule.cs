using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Runs;

/// <summary>Says which planned trial comes next, given what was measured.</summary>
internal interface ISchedule
{
    /// <summary>The next thing to do; null where nothing is left.</summary>
    /// <param name="used">Time since the first trial.</param>
    ScheduleStep? Next(TimeSpan used);

    /// <summary>Takes in a trial that ended.</summary>
    /// <param name="cost">How long it took, from the start of its process to its end.</param>
    void Add(TrialResult result, TimeSpan cost);
}

/// <summary>What to do with one planned trial.</summary>
internal abstract record ScheduleStep(PlannedTrial Trial);

/// <summary>Execute it.</summary>
/// <param name="Spec">The spec to execute it by.</param>
internal sealed record ExecuteStep(PlannedTrial Trial, ExperimentSpec Spec) : ScheduleStep(Trial);

/// <summary>Leave it out.</summary>
/// <param name="Reason">Why, as a sentence.</param>
internal sealed record LeaveOutStep(PlannedTrial Trial, string Reason) : ScheduleStep(Trial);
