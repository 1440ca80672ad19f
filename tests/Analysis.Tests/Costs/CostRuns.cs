using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Tests.Costs;

/// <summary>Cells whose workers' time is known: 100 tasks in 1,000 ms of wall time, unless a test says otherwise.</summary>
internal static class CostRuns
{
    public const double WallMs = 1_000;

    /// <summary>One cell of the work "limit = 2000".</summary>
    /// <param name="taskMs">Mean time in a task.</param>
    /// <param name="cpuMs">Processor time of all workers together.</param>
    public static Measured Cell(string runtime, Strategy strategy, int workers, double taskMs, double cpuMs, Func<TrialResult, TrialResult>? also = null) => new(runtime, strategy, workers, 100, 100)
    {
        Tasks = 100,
        Cpu = cpuMs / WallMs,
        TaskMs = taskMs,
        Also = result => (also ?? (same => same))(result with
        {
            WorkerCpuMs = cpuMs,
            RunDelayMs = 0,
            BetweenTasksMs = (workers * WallMs) - (taskMs * 100),
            IdleMs = 0,
        }),
    };

    public static double Share(this CellResult cell, CostKind kind) => cell.Costs!.Parts.SingleOrDefault(part => part.Kind == kind)?.Share ?? 0;
}
