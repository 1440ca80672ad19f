using Brigade.Contracts.Runs;

namespace Brigade.Runner.Recording;

/// <summary>
/// Makes a frame of a slot. Busy shares come from the tasks' own times. For the stretch after a worker's last known task it is not
/// known yet whether a task runs: there as many workers count as in a task as tasks can be under way, those whose thread is on a
/// processor or blocked in the kernel first, then those that used the most processor time. Workers that share one busy thread (an event loop that computes) can
/// only be in one task at a time.
/// </summary>
internal sealed class FrameCloser(int trial, bool sharesOneThread)
{
    private const double LoopIsComputing = 0.9;

    /// <param name="until">Where the frame ends; before <see cref="FrameSlot.To"/> only in the last frame of a trial.</param>
    /// <param name="knownUntil">The end of the last task of each worker.</param>
    /// <param name="remaining">Tasks that may be under way.</param>
    public Frame Close(FrameSlot slot, long until, long[] knownUntil, long remaining)
    {
        var durationMs = (until - slot.From) / 1e6;
        var assumed = Assume(slot, until, knownUntil, remaining);
        var workers = new WorkerFrame[slot.Workers.Length];
        for (var worker = 0; worker < workers.Length; worker++)
        {
            workers[worker] = Worker(slot, worker, until, assumed[worker] ? knownUntil[worker] : null);
        }

        var (p50, p95, p99) = slot.Histogram is { } histogram
            ? (histogram.GetValueAtPercentile(50) / 1e6, histogram.GetValueAtPercentile(95) / 1e6, histogram.GetValueAtPercentile(99) / 1e6)
            : (0, 0, 0);
        return new Frame(
            trial, slot.Number, durationMs, slot.Tasks, slot.Errors, p50, p95, p99,
            slot.Histogram is null ? [] : slot.Histogram.Encode(),
            slot.Usage?.UserMs ?? 0, slot.Usage?.SystemMs ?? 0, slot.Usage?.MemoryBytes ?? 0, slot.Usage?.Voluntary ?? 0, slot.Usage?.Involuntary ?? 0,
            workers)
        {
            Spans = slot.Spans(),
        };
    }

    private static WorkerFrame Worker(FrameSlot slot, int worker, long until, long? inTaskFrom)
    {
        ref var counted = ref slot.Workers[worker];
        var busy = counted.BusyNs + (inTaskFrom is { } from ? Math.Max(0, until - Math.Max(from, slot.From)) : 0);
        var sample = slot.Usage?.Workers.ElementAtOrDefault(worker);
        var length = (double)(until - slot.From);
        var state = sample is { IsGone: true } ? WorkerState.Gone
            : !counted.InTaskAtEnd && inTaskFrom is null ? WorkerState.Idle
            : sample is { State: 'R' } ? WorkerState.Running : WorkerState.Waiting;
        double? cpu = slot.Usage?.WorkerCpuNs.ElementAtOrDefault(worker) is { } used ? Math.Min(1, used / length) : null;
        return new WorkerFrame(worker, state, Math.Min(1, busy / length), cpu, counted.Tasks);
    }

    /// <summary>Which workers count as in a task from the end of their last known one to the frame's end.</summary>
    private bool[] Assume(FrameSlot slot, long until, long[] knownUntil, long remaining)
    {
        var assumed = new bool[slot.Workers.Length];
        var unknown = Enumerable.Range(0, assumed.Length).Where(worker => knownUntil[worker] < until && !(slot.Usage?.Workers.ElementAtOrDefault(worker).IsGone ?? false)).ToList();
        if (unknown.Count == 0 || remaining <= 0)
        {
            return assumed;
        }

        var computing = sharesOneThread && slot.Usage is { } usage && usage.UserMs + usage.SystemMs >= LoopIsComputing * (until - slot.From) / 1e6;
        var limit = computing ? 1 : (int)Math.Min(remaining, unknown.Count);
        foreach (var worker in unknown
            .OrderByDescending(worker => slot.Usage?.Workers.ElementAtOrDefault(worker).State is 'R' or 'D')
            .ThenByDescending(worker => slot.Usage?.WorkerCpuNs.ElementAtOrDefault(worker) ?? 0)
            .ThenBy(worker => knownUntil[worker])
            .Take(limit))
        {
            assumed[worker] = true;
        }

        return assumed;
    }
}
