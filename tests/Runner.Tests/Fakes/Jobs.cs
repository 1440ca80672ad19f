using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Tests.Fakes;

/// <summary>Specs and jobs for tests.</summary>
internal static class Jobs
{
    public static ExperimentSpec Spec(long? tasks = 10, TimeSpan? duration = null, TimeSpan? timeout = null, long? memory = null, int repeat = 1, string runtime = "python", string? source = null) => new()
    {
        Name = "test",
        Workload = source is null ? new WorkloadSpec { Kernel = "noop" } : new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = source } },
        Matrix = new MatrixSpec { Runtime = [runtime], Strategy = [Strategy.Sequential], Workers = [1] },
        Load = duration is null ? new LoadSpec { Tasks = tasks } : new LoadSpec { Duration = duration },
        Repeat = repeat,
        Limits = new LimitsSpec { TrialTimeout = timeout ?? TimeSpan.FromSeconds(60), Memory = memory },
    };

    public static TrialJob Job(ExperimentSpec spec)
    {
        var plan = TrialPlanner.Expand(spec, seed: 1);
        return new TrialJob(spec, plan.Cells[0], plan.Trials[0]);
    }
}
