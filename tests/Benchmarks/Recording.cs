using System.Diagnostics;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using HdrHistogram;

namespace Brigade.Benchmarks;

/// <summary>What recording one task costs a worker.</summary>
internal sealed class Recording : ISuite
{
    private const int Batch = 2_000;
    private const int Batches = 1_000;

    public string Name => "recording";

    public string Title => "Recording one task: both timestamps and its record, in a .NET worker";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        Measured();
        Bare();
        var ratio = await Paired.RatioAsync(rounds, () => Task.FromResult(Measured()), () => Task.FromResult(Bare()));
        yield return new Row("a task that does nothing, recorded", "two timestamps + `LongHistogram.RecordValue` around the same task in a bare loop", ratio, "1.15 times its cost", ratio.Median <= 1.15);
    }

    /// <summary>Nanoseconds a task. What empties the log is another thread's work in a trial, so it is left out here.</summary>
    private static double Measured()
    {
        var log = new TaskLog(new BlockPool(static () => { }));
        var worker = new Worker(0, Kernel(), log, new ErrorLog());
        var drained = new TaskRecord[Batch];
        var spent = 0L;
        for (var batch = 0; batch < Batches; batch++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var index = 0; index < Batch; index++)
            {
                worker.Run(index, long.MaxValue, isRecorded: true);
            }

            spent += Stopwatch.GetTimestamp() - start;
            if (log.Drain(drained) != Batch)
            {
                throw new InvalidOperationException("Records were lost.");
            }
        }

        return (double)spent / (Batch * Batches);
    }

    private static double Bare()
    {
        var kernel = Kernel();
        var histogram = new LongHistogram(1, 3_600_000_000_000, 3);
        var sum = 0UL;
        var spent = 0L;
        for (var batch = 0; batch < Batches; batch++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var index = 0; index < Batch; index++)
            {
                var from = Stopwatch.GetTimestamp();
                sum += kernel.Run(index);
                histogram.RecordValue(Stopwatch.GetTimestamp() - from);
            }

            spent += Stopwatch.GetTimestamp() - start;
        }

        return sum == 0 && histogram.TotalCount > 0 ? (double)spent / (Batch * Batches) : throw new InvalidOperationException("The task did something.");
    }

    private static IKernel Kernel() => KernelRegistry.Create(
        new TrialRequest { Workload = new TrialWorkload { Kernel = "noop" }, Strategy = Strategy.Sequential, Workers = 1, Load = new TrialLoad { Tasks = 1 }, Warmup = new TrialLoad { Tasks = 0 }, Scratch = "" }, 0);
}
