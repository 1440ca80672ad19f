using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Costs;

/// <summary>What the workers of one trial did while they were in tasks, in milliseconds, summed over them.</summary>
/// <param name="TotalMs">Time in tasks: the mean time of a task from its actual start, times the tasks.</param>
/// <param name="CpuMs">On a processor.</param>
/// <param name="DelayMs">Ready to run without a processor; null where the kernel does not tell.</param>
internal sealed record InTasks(double TotalMs, double CpuMs, double? DelayMs)
{
    /// <summary>In tasks, and neither on a processor nor ready for one.</summary>
    public double WaitMs => Math.Max(0, TotalMs - CpuMs - (DelayMs ?? 0));

    /// <param name="outsideMs">Processor time that workers are known to spend outside of tasks.</param>
    public static InTasks Of(TrialRow row, double outsideMs)
    {
        var total = Math.Min(((row.Uncorrected ?? row.Latency).MeanMs ?? 0) * row.Tasks, row.Workers * row.WallMs);

        // Where workers have no thread of their own, the whole trial's time is an upper bound; one event loop cannot use more than one processor.
        var cpu = row.WorkerCpuMs ?? (row.CpuUserMs + row.CpuSystemMs);
        cpu = row.Strategy == Strategy.Async ? Math.Min(cpu, row.WallMs) : cpu;
        cpu = Math.Clamp(cpu - outsideMs, 0, total);
        return new(total, cpu, row.RunDelayMs is { } delay ? Math.Clamp(delay, 0, total - cpu) : null);
    }
}
