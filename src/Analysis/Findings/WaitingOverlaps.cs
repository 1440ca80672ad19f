using System.Text.Json.Nodes;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>Where tasks mostly wait, threads and async overlap the waiting; where both are as fast, async does it with one thread.</summary>
internal sealed class WaitingOverlaps : IFinding
{
    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        if (!group.IsWaiting)
            return null;
        var most = group.Cells.Where(cell => cell.HasFigures).Select(cell => cell.Workers).DefaultIfEmpty().Max();
        var cells = group.Parallel(most, Strategy.Threads, Strategy.Pool, Strategy.Async).Where(cell => cell.Result.Speedup >= Scaling.NoScaling && Scaling.IsFaster(cell)).ToArray();
        if (cells.Length == 0)
            return null;

        var async = cells.FirstOrDefault(cell => cell.Strategy == Strategy.Async);
        var threads = cells.FirstOrDefault(cell => cell.Strategy != Strategy.Async && (async is null || cell.Workers == async.Workers));
        var text = $"The tasks mostly wait (the processor was busy {Naming.Percent(group.Class!.CpuShare)} of a task's {Naming.Milliseconds(group.Class.TaskMs)}), and waiting overlaps: in "
            + $"{run.Names.Runtime(group.Runtime)}{run.Where(group)}, {Naming.List(new[] { threads, async }.OfType<CellView>().Select(Factor).ToArray())} the work of one after the other.";
        var evidence = new JsonObject
        {
            ["cpuShareOfOneWorker"] = Evidence.Figure(group.Class.CpuShare),
            ["taskMs"] = Evidence.Figure(group.Class.TaskMs),
            ["cells"] = Evidence.Cells(cells),
        };
        if (async is not null && threads is not null)
            text += Compare(threads, async, evidence);
        return new("waiting-overlaps", Severity.Info, text, evidence);
    }

    private static string Factor(CellView cell) => $"{Naming.Cell(cell)} did {Scaling.Factor(cell)}{Scaling.Range(cell)}";

    private static string Compare(CellView threads, CellView async, JsonObject evidence)
    {
        var share = async.Throughput / threads.Throughput;
        var same = async.IsAsGoodAs(threads) && threads.IsAsGoodAs(async);
        var (asyncCpu, threadsCpu) = (CpuPerTask(async), CpuPerTask(threads));
        evidence["sameThroughput"] = same;
        evidence["asyncCpuMsPerTask"] = Evidence.Figure(asyncCpu);
        evidence["threadsCpuMsPerTask"] = Evidence.Figure(threadsCpu);
        evidence["asyncPeakMemoryBytes"] = async.Result.Median.PeakMemoryBytes;
        evidence["threadsPeakMemoryBytes"] = threads.Result.Median.PeakMemoryBytes;

        // The system counts processor time in ticks of some milliseconds: a short trial that only waits may show none.
        var resources = (asyncCpu > 0 && threadsCpu > 0 ? $"{Naming.Milliseconds(asyncCpu)} of processor time per task against {Naming.Milliseconds(threadsCpu)}, " : "")
            + $"{Naming.Mebibytes(async.Result.Median.PeakMemoryBytes)} against {Naming.Mebibytes(threads.Result.Median.PeakMemoryBytes)}";
        var cost = $"with one thread instead of {threads.Workers} ({resources})";
        return (same, async.Overlaps(threads), share > 1) switch
        {
            (true, _, _) => $" Async wins when tasks only wait: as much throughput {cost}.",
            (_, true, _) => $" The throughputs of async and {Naming.Strategy(threads.Strategy)} cannot be told apart here, because their repetitions overlap; async waits {cost}.",
            (_, _, true) => $" Async wins when tasks only wait: more throughput {cost}.",
            _ => $" Async fell behind here, at {Naming.Percent(share)} of the threads' throughput, {cost}.",
        };
    }

    private static double CpuPerTask(CellView cell) => cell.Result.Median.CpuUtilisation * 1000 / cell.Throughput;
}
