using Brigade.Contracts.Runs;

namespace Brigade.Runner.Recording;

/// <summary>What the kernel's scheduler says of a trial's workers between two samples.</summary>
/// <param name="WorkerCpuMs">As <see cref="TrialResult.WorkerCpuMs"/>.</param>
/// <param name="RunDelayMs">As <see cref="TrialResult.RunDelayMs"/>: of the workers' threads, or of all threads of the trial where workers have none of their own.</param>
internal sealed record ScheduleTotals(double? WorkerCpuMs, double? RunDelayMs)
{
    public static ScheduleTotals Between(ProcessSample first, ProcessSample last)
    {
        if (first.Workers.Count != last.Workers.Count)
        {
            return new ScheduleTotals(null, null);
        }

        var hasThreads = last.Workers.Count > 0 && last.Workers.All(worker => worker.CpuNs is not null);
        return new ScheduleTotals(
            hasThreads ? Sum(first.Workers, last.Workers, worker => worker.CpuNs) : null,
            hasThreads ? Sum(first.Workers, last.Workers, worker => worker.DelayNs) : (last.RunDelayNs - first.RunDelayNs) / 1e6);
    }

    private static double? Sum(IReadOnlyList<WorkerSample> first, IReadOnlyList<WorkerSample> last, Func<WorkerSample, long?> counter) =>
        last.Any(worker => counter(worker) is null) ? null : last.Zip(first, (after, before) => counter(after)!.Value - (counter(before) ?? 0)).Sum() / 1e6;
}
