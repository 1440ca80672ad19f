using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Runs;

/// <summary>All trials in the plan's order, but those that the stop rule does not need.</summary>
internal sealed class BlockSchedule(ExperimentSpec spec, TrialPlan plan) : ISchedule
{
    private readonly StopRule _rule = new(spec.Stop, spec.Load.IsOpen());
    private int _next;

    public ScheduleStep? Next(TimeSpan used)
    {
        if (_next >= plan.Trials.Count)
        {
            return null;
        }

        var trial = plan.Trials[_next++];
        return _rule.Enough(trial.Cell, spec.Repeat) is { } enough ? new LeaveOutStep(trial, enough) : new ExecuteStep(trial, spec);
    }

    public void Add(TrialResult result, TimeSpan cost) => _rule.Add(result);
}
