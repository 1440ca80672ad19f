using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Tasks so short that handing them out costs more than doing them.</summary>
internal sealed class DispatchDominates : IFinding
{
    /// <summary>Within one process a task has to be this short, in milliseconds, for dispatch to be what slows it down, and not the GIL.</summary>
    private const double ShortMs = 0.05;

    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        if (group.Class is null)
            return null;
        var taskMs = group.Class.TaskMs;
        var cells = group.Parallel(run.Cores, Strategy.Processes, Strategy.ProcessPerTask, Strategy.Pool, Strategy.Threads, Strategy.Async)
            .Where(cell => cell.Strategy is Strategy.Processes or Strategy.ProcessPerTask || taskMs < ShortMs)
            .Where(cell => cell.Result.Speedup < 0.95 && Overhead(run, group, cell) > taskMs)
            .ToArray();
        if (cells.Length == 0)
            return null;

        var cell = cells.MinBy(candidate => candidate.Result.Speedup)!;
        var overhead = Overhead(run, group, cell);
        var mend = cell.Strategy switch
        {
            Strategy.Processes => "Longer tasks, or a larger chunk size, spread that cost.",
            Strategy.ProcessPerTask => "A pool of processes that stay alive saves the start.",
            _ => "Longer tasks spread that cost.",
        };
        var text = $"The tasks are too short for {Naming.Strategy(cell.Strategy)} in {run.Names.Runtime(group.Runtime)}: a task takes {Naming.Milliseconds(taskMs)}, handing it over and back "
            + $"{Naming.Milliseconds(overhead)}, so {run.DescribeWithin(cell)} did {Naming.Times(cell.Result.Speedup!.Value)} the work of one after the other. {mend}";
        return new("dispatch-dominates", Severity.Warning, text, new()
        {
            ["taskMs"] = Evidence.Figure(taskMs),
            ["overheadMs"] = Evidence.Figure(overhead),
            ["cells"] = Evidence.Cells(cells),
        });
    }

    /// <summary>Milliseconds per task beyond the task itself: the time that the cell's processors (or, for work that waits, workers) had for each task, less the task.</summary>
    private static double Overhead(RunView run, WorkGroup group, CellView cell)
    {
        var lanes = group.IsWaiting ? cell.Workers : run.Parallelism(cell);
        return (lanes * 1000 / cell.Throughput) - group.Class!.TaskMs;
    }
}
