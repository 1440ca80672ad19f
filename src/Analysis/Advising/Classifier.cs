using Brigade.Analysis.Statistics;
using Brigade.Analysis.View;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Advising;

/// <summary>Tells from CPU time against wall time whether work computes or waits.</summary>
internal static class Classifier
{
    public const double CpuBoundShare = 0.8;
    public const double FastIoShare = 0.5;
    public const double SlowIoShare = 0.2;
    public const double SlowIoTaskMs = 10;

    /// <summary>A share this near to a border could fall on its other side next time.</summary>
    private const double Near = 0.05;

    /// <summary>Voluntary switches per task below which most tasks did not wait: those that there are come from the host's own threads.</summary>
    private const double HardlyWaits = 0.8;

    /// <summary>The class of the cells of one runtime and one set of parameters; null where none has figures.</summary>
    public static Classification? Classify(IReadOnlyList<CellView> cells)
    {
        var source = cells.Where(cell => cell.HasFigures).OrderBy(Rank).ThenBy(cell => cell.Workers).ThenBy(cell => cell.Index).FirstOrDefault();
        if (source is null)
            return null;

        var doubts = new List<Doubt>();
        var workers = source.Strategy == Strategy.Async ? 1 : source.Workers;
        if (workers > 1)
            doubts.Add(new(0.3, "no cell with one worker was measured"));

        var (share, taskMs) = Share(source, Math.Max(1, workers));
        var crowding = Crowding.Of(cells, source);
        if (share >= CpuBoundShare && Waits(source, taskMs))
            return new(WorkClass.Mixed, share, taskMs, source, crowding, doubts);
        if (share >= CpuBoundShare && crowding?.Growth >= Crowding.Matters)
            return new(WorkClass.MemoryBound, share, taskMs, source, crowding, doubts);
        if (share < CpuBoundShare && WasPreempted(source, share))
        {
            doubts.Add(new(0.2, "other work on the machine took processor time from the tasks"));
            return new(WorkClass.CpuBound, share, taskMs, source, crowding, doubts);
        }
        var borders = taskMs >= SlowIoTaskMs ? new[] { CpuBoundShare, SlowIoShare } : [CpuBoundShare, FastIoShare];
        if (borders.Any(border => Math.Abs(share - border) < Near))
            doubts.Add(new(0.15, "the share of processor time lies near the border of two classes"));
        return new(ClassOf(share, taskMs), share, taskMs, source, crowding, doubts);
    }

    /// <summary>The share of a worker's time on a processor, and the median time of a task. With open load workers also wait for arrivals: only their time in tasks counts.</summary>
    private static (double Share, double TaskMs) Share(CellView cell, int workers)
    {
        var open = cell.Completed.Where(row => row.Uncorrected is { MeanMs: > 0 }).ToArray();
        return open.Length == 0
            ? (Math.Clamp(cell.Result.Median.CpuUtilisation / workers, 0, 1), cell.Result.Median.P50Ms ?? 0)
            : (Math.Clamp(Median.Of(open.Select(row => (row.CpuUserMs + row.CpuSystemMs) / (row.Uncorrected!.MeanMs!.Value * row.Tasks))), 0, 1), Median.Of(open.Select(row => row.Uncorrected!.P50Ms ?? 0)));
    }

    private static string ClassOf(double share, double taskMs) => share switch
    {
        >= CpuBoundShare => WorkClass.CpuBound,
        <= SlowIoShare when taskMs >= SlowIoTaskMs => WorkClass.SlowIo,
        <= FastIoShare when taskMs < SlowIoTaskMs => WorkClass.FastIo,
        _ => WorkClass.Mixed,
    };

    /// <summary>Where a task is measured with least beside it: sequential, else one worker, else processes, which share no lock.</summary>
    private static int Rank(CellView cell) => cell switch
    {
        { Strategy: Strategy.Sequential } => 0,
        { Workers: 1 } => 1,
        { Strategy: Strategy.Processes } => 2,
        _ => 3,
    };

    /// <summary>
    /// Whether tasks wait however busy their process is: those that talk to something near, such as a server on the same machine, wait so briefly that it hardly shows in the share, but each gives its
    /// processor up by itself. Overlapping those waits gains even where one processor does all the computing. Only one after the other tells: handing tasks over is waiting too.
    /// </summary>
    private static bool Waits(CellView cell, double taskMs) => cell.Strategy == Strategy.Sequential && taskMs < SlowIoTaskMs
        && cell.Completed.Sum(row => row.SwitchesVoluntary) >= cell.Completed.Sum(row => row.Tasks) * HardlyWaits;

    /// <summary>
    /// Whether a low share comes from other processes and not from waiting: a task that waits gives its processor up by itself at least once (a voluntary switch),
    /// one that is pushed off it does not. The host's own threads switch a little too, which counts where tasks are long: there, many more involuntary switches tell.
    /// </summary>
    private static bool WasPreempted(CellView cell, double share)
    {
        var tasks = cell.Completed.Sum(row => row.Tasks);
        var voluntary = cell.Completed.Sum(row => row.SwitchesVoluntary);
        var involuntary = cell.Completed.Sum(row => row.SwitchesInvoluntary);
        // Time in which its threads were ready and had no processor tells it outright, where the kernel counts it.
        var delayed = Median.Of(cell.Completed.Where(row => row.RunDelayMs is not null && row.WallMs > 0).Select(row => row.RunDelayMs!.Value / row.WallMs));
        return (voluntary < tasks * HardlyWaits && (involuntary > voluntary || (delayed > 0 && cell.Workers == 1 && share + delayed >= CpuBoundShare))) || (share >= 0.5 && involuntary > 2 * voluntary);
    }
}
