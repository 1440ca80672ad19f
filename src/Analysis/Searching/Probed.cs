using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Searching;

/// <summary>What the first trial in a runtime told: how long a task is, and how much of that it computes.</summary>
/// <param name="TaskMs">Median time of a task, in milliseconds.</param>
/// <param name="Share">Processor time over wall time of one worker, 0 to 1.</param>
internal sealed record Probed(double TaskMs, double Share)
{
    /// <summary>From this share on, work counts as computing.</summary>
    private const double Computes = 0.8;

    /// <summary>Handing out one task costs some tens of microseconds, which longer tasks hide.</summary>
    private const double ShortTaskMs = 2;

    /// <summary>Work that hardly computes could be shared out among any number of workers.</summary>
    private const double LeastShare = 0.005;

    private const int FewProcesses = 16;

    public static Probed Of(TrialResult trial, Cell cell)
    {
        var workers = cell.Strategy == Strategy.Async ? 1 : Math.Max(1, cell.Workers);
        var share = trial.WallMs > 0 ? (trial.CpuUserMs + trial.CpuSystemMs) / trial.WallMs / workers : 1;
        return new(Math.Max(trial.Latency.P50Ms ?? 0, 1e-4), WasPreempted(trial, share) ? 1 : Math.Clamp(share, LeastShare, 1));
    }

    /// <summary>Whether other work pushed it off its processor: work that waits gives it up by itself, at least once in each task.</summary>
    private static bool WasPreempted(TrialResult trial, double share) => trial.SwitchesVoluntary < 0.5 * trial.Tasks
        && (trial.SwitchesInvoluntary > trial.SwitchesVoluntary || (trial.WallMs > 0 && share + ((trial.RunDelayMs ?? 0) / trial.WallMs) >= Computes));

    /// <summary>Why a candidate is not worth a trial; null where it is. Only what the user did not name himself is left out.</summary>
    /// <param name="asked">The matrix as it was written.</param>
    /// <param name="leastInFlight">The fewest workers that the search has beside one.</param>
    public string? Against(Cell cell, MatrixSpec asked, int cores, int leastInFlight)
    {
        if (asked.ChunkSize.Count == 0 && cell.ChunkSize > 1 && TaskMs > ShortTaskMs)
            return SkipReason.NoChunks(TaskMs);
        if (asked.Workers.Count > 0 || cell.Strategy == Strategy.Sequential)
            return null;
        if (cell.Strategy == Strategy.Async && Share >= Computes && cell.Workers > leastInFlight)
            return SkipReason.OneThread();
        var most = PowerFrom(2 * cores / Share);
        var processes = Math.Max(FewProcesses, 2 * cores);
        return cell.Workers > most ? SkipReason.TooManyWorkers(Share, cores, most)
            : cell.Strategy is Strategy.Processes or Strategy.ProcessPerTask && cell.Workers > processes ? SkipReason.TooManyProcesses(processes)
            : null;
    }

    /// <summary>How long a task takes in a candidate, roughly: where more workers compute than there are processors they share them.</summary>
    public double TaskMsIn(Cell cell, int cores) => TaskMs * Math.Max(1, Share * cell.Workers / (cell.Strategy == Strategy.Async ? 1 : cores));

    private static int PowerFrom(double value)
    {
        var power = 2;
        while (power < value && power < 1_024)
            power *= 2;
        return power;
    }
}
