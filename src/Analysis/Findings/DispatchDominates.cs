using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Tasks so short that handing them out costs more than doing them.</summary>
internal sealed class DispatchDominates : IFinding
{
    /// <summary>A task this long, in milliseconds, hides what a message to another process costs; what slows it down is something else.</summary>
    private const double ShortMs = 5;

    /// <summary>As <see cref="ShortMs"/>, where every task starts a process.</summary>
    private const double ShortToStartMs = 50;

    /// <summary>As <see cref="ShortMs"/>, within one process: above this it is rather the GIL.</summary>
    private const double ShortWithinMs = 0.05;

    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        if (group.Class is null)
            return null;
        var taskMs = group.Class.TaskMs;
        var cells = group.Parallel(run.Cores, Strategy.Processes, Strategy.ProcessPerTask, Strategy.Pool, Strategy.Threads, Strategy.Async)
            .Where(cell => taskMs <= Short(cell) && cell.Result.Speedup < 0.95 && Scaling.IsSlower(cell) && KeepsWorkersBusy(cell) && Overhead(group, cell) > taskMs)
            .ToArray();
        if (cells.Length == 0)
            return null;

        var cell = cells.MinBy(candidate => candidate.Result.Speedup)!;
        var overhead = Overhead(group, cell);
        var mend = cell.Strategy switch
        {
            Strategy.Processes => "Longer tasks, or a larger chunk size, spread that cost.",
            Strategy.ProcessPerTask => "A pool of processes that stay alive saves the start.",
            _ => "Longer tasks spread that cost.",
        };
        var text = $"The tasks are too short for {Naming.Strategy(cell.Strategy)} in {run.Names.Runtime(group.Runtime)}{run.Where(group)}: a task takes {Naming.Milliseconds(taskMs)}, handing it over and back "
            + $"{Naming.Milliseconds(overhead)} of processor time, so {run.DescribeWithin(cell)} did {Naming.Times(cell.Result.Speedup!.Value)} the work of one after the other. {mend}";
        return new("dispatch-dominates", Severity.Warning, text, new()
        {
            ["taskMs"] = Evidence.Figure(taskMs),
            ["overheadMs"] = Evidence.Figure(overhead),
            ["cells"] = Evidence.Cells(cells),
        });
    }

    private static double Short(CellView cell) => cell.Strategy switch
    {
        Strategy.Processes => ShortMs,
        Strategy.ProcessPerTask => ShortToStartMs,
        _ => ShortWithinMs,
    };

    /// <summary>Whether there is a chunk for every worker: with fewer, workers stay idle, and it is not the handing over that slows the cell down.</summary>
    private static bool KeepsWorkersBusy(CellView cell) =>
        cell.Cell.ChunkSize is not { } chunk || cell.Completed.All(row => row.Tasks > (cell.Workers - 1) * (long)chunk);

    /// <summary>Processor time per task beyond the task's own, in milliseconds. Other work on the machine adds nothing to it, as it would to the wall time.</summary>
    private static double Overhead(WorkGroup group, CellView cell) => (cell.CpuUtilisation * 1000 / cell.Throughput) - (group.Class!.CpuShare * group.Class.TaskMs);
}
