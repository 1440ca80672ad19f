using Brigade.Analysis.Searching;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Runs;

/// <summary>The trials of a search, each as long as the search wants it.</summary>
internal sealed class SearchSchedule(ExperimentSpec spec, TrialPlan plan, Machine machine) : ISchedule
{
    private readonly CandidateSearch _search = new(spec, plan, SearchSpace.Cores(spec, machine));

    public ScheduleStep? Next(TimeSpan used) => _search.Next(used) switch
    {
        MeasureStep step => new ExecuteStep(plan.Trials[step.Trial], Bounded(step)),
        SkipStep step => new LeaveOutStep(plan.Trials[step.Trial], step.Reason),
        _ => null,
    };

    public void Add(TrialResult result, TimeSpan cost) => _search.Add(result, cost);

    private ExperimentSpec Bounded(MeasureStep step) => spec with
    {
        Load = new LoadSpec { Duration = step.Duration },
        Warmup = step.Warmup > TimeSpan.Zero ? new WarmupSpec { Duration = step.Warmup } : new WarmupSpec { Tasks = step.IsProbe ? 1 : 0 },
        Limits = spec.Limits with { TrialTimeout = step.Timeout },
    };
}
