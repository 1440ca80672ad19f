using System.Runtime.InteropServices;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Features.Kitchen;

/// <summary>How a worker's time in a frame divides; the four make 1.</summary>
/// <param name="Cook">In a task, on a processor.</param>
/// <param name="Fetch">On a processor, in no task: takes orders and carries plates.</param>
/// <param name="Wait">In a task, on no processor.</param>
/// <param name="Idle">In no task, on no processor.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChefShares(double Cook, double Fetch, double Wait, double Idle)
{
    /// <summary>Of all workers of a frame. Where a worker has no thread of its own, the trial's processor time is dealt out to those that are in tasks.</summary>
    /// <param name="most">Processors that the workers can use together.</param>
    public static ChefShares[] Of(Frame frame, double most)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var busy = frame.Workers.Sum(worker => worker.Busy);
        var dealt = busy > 0 ? Math.Min(1, Math.Min(CpuOf(frame), most) / busy) : 0;
        return [.. frame.Workers.Select(worker => Of(worker, worker.Cpu ?? (worker.Busy * dealt)))];
    }

    /// <summary>Processors that a frame's processes used.</summary>
    public static double CpuOf(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return (frame.CpuUserMs + frame.CpuSystemMs) / Math.Max(1, frame.DurationMs);
    }

    private static ChefShares Of(WorkerFrame worker, double cpu)
    {
        var busy = Math.Clamp(worker.Busy, 0, 1);
        var cook = Math.Clamp(cpu, 0, busy);
        var fetch = Math.Clamp(cpu - busy, 0, 1 - busy);
        return new ChefShares(cook, fetch, busy - cook, 1 - busy - fetch);
    }
}
