using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments;

/// <summary>How long a plan takes, roughly: enough to tell a minute from an hour before anything runs.</summary>
public static class PlanEstimate
{
    // Coarse costs of a machine of today; the run itself measures.
    private const double PythonStepMs = 60e-6;
    private const double DotNetStepMs = 3e-6;
    private const double PythonStartMs = 150;
    private const double DotNetStartMs = 350;

    /// <summary>Null where nothing is known of the work: own code, a URL, a disk.</summary>
    public static TimeSpan? Of(ExperimentSpec spec, TrialPlan plan, int cores)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(plan);
        double total = 0;
        foreach (var trial in plan.Trials)
        {
            if (TrialMs(spec, plan.Cells[trial.Cell], Math.Max(1, cores)) is not { } milliseconds)
                return null;
            total += Math.Min(milliseconds, spec.Limits.TrialTimeout.TotalMilliseconds);
        }

        return TimeSpan.FromMilliseconds(total);
    }

    private static double? TrialMs(ExperimentSpec spec, Cell cell, int cores)
    {
        var task = TaskMs(spec.Workload.Kernel, cell);
        var start = RuntimeNames.IsPython(cell.Runtime) ? PythonStartMs : DotNetStartMs;
        if (Amount(spec.Warmup.Tasks, spec.Warmup.Duration, task, cell, cores) is not { } warmup)
            return null;
        var stages = spec.Load.Stages.Sum(stage => stage.For.TotalMilliseconds);
        return stages > 0 ? start + warmup + stages
            : Amount(spec.Load.Tasks, spec.Load.Duration, task, cell, cores) is { } measured ? start + warmup + measured
            : null;
    }

    private static double? Amount(long? tasks, TimeSpan? duration, (double Cpu, double Wait)? task, Cell cell, int cores) =>
        duration is { } time ? time.TotalMilliseconds
        : tasks is null or 0 ? 0
        : task is { } each ? tasks.Value * ((each.Cpu / CpuAtOnce(cell, cores)) + (each.Wait / WaitAtOnce(cell)))
        : null;

    private static double CpuAtOnce(Cell cell, int cores)
    {
        var parallel = cell.Strategy switch
        {
            Strategy.Processes or Strategy.ProcessPerTask => true,
            Strategy.Threads or Strategy.Pool => !RuntimeNames.IsPython(cell.Runtime),
            _ => false,
        };
        return parallel ? Math.Min(cell.Workers, cores) : 1;
    }

    private static double WaitAtOnce(Cell cell) => cell.Strategy == Strategy.Sequential ? 1 : Math.Max(1, cell.Workers);

    private static (double Cpu, double Wait)? TaskMs(string? kernel, Cell cell)
    {
        var step = RuntimeNames.IsPython(cell.Runtime) ? PythonStepMs : DotNetStepMs;
        double Param(string name) => cell.Params.TryGetValue(name, out var value) ? value.AsDouble() : 0;
        switch (kernel)
        {
            case "noop":
                return (0.02, 0);
            case "cpu.primes":
                // Primes pay for all divisors up to their root, the others for a few.
                var limit = Math.Max(3, Param("limit"));
                return (step * ((limit / Math.Log(limit) * 0.33 * Math.Sqrt(limit)) + (limit * 3)), 0);
            case "cpu.pi":
                return (step * 12 * Param("points"), 0);
            case "cpu.sha256":
                return (Param("bytes") / 400_000, 0);
            case "io.sleep":
                return (0.05, Param("milliseconds"));
            case "mixed":
                return (Param("cpuMilliseconds"), Param("waitMilliseconds"));
            default:
                return null;
        }
    }
}
