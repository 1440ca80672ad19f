using System.Diagnostics;
using System.Runtime.InteropServices;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>Runs tasks one after the other and takes their times: the measured loop of every strategy.</summary>
/// <param name="log">The log of the thread that the worker runs on.</param>
/// <param name="faults">What goes wrong on purpose; null for nothing.</param>
internal sealed class Worker(int number, IKernel kernel, TaskLog log, ErrorLog errors, Faults? faults = null)
{
    private Counts _counts;
    private long _started;

    public int Number { get; } = number;

    /// <summary>The measured tasks that it has started, where it has faults.</summary>
    public long Started => Volatile.Read(ref _started);

    /// <summary>What it did since the last call.</summary>
    public Totals TakeTotals()
    {
        var totals = new Totals(_counts.Tasks, _counts.Errors, _counts.Checksum);
        _counts = default;
        return totals;
    }

    /// <summary>Runs tasks until the quota is used up.</summary>
    public void RunAll(Phase phase)
    {
        if (phase.Quota.Arrivals is { } arrivals)
        {
            RunArrivals(arrivals, phase.IsRecorded);
        }

        while (phase.Quota.TryTake(out var index) && Run(index, phase.Quota.Deadline, phase.IsRecorded))
        {
        }
    }

    /// <summary>Runs one task; false, and nothing was done, where it is too late for one.</summary>
    /// <param name="intended">When the task was meant to start; 0 for a closed load.</param>
    public bool Run(long index, long deadline, bool isRecorded, long intended = 0)
    {
        Exception? error = null;
        var start = Stopwatch.GetTimestamp();
        if (start >= deadline)
        {
            return false;
        }

        try
        {
            if (faults is not null && isRecorded)
            {
                faults.Before(ref _started);
            }

            _counts.Checksum += kernel.Run(index);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        Ended(index, intended, start, Stopwatch.GetTimestamp(), error, isRecorded);
        return true;
    }

    private void RunArrivals(Arrivals arrivals, bool isRecorded)
    {
        for (var hasEnded = false; arrivals.TryTake(hasEnded, out var arrival); hasEnded = true)
        {
            Native.SleepUntil(arrival.IntendedAt);
            Run(arrival.Index, long.MaxValue, isRecorded, arrival.IntendedAt);
        }
    }

    /// <summary>Runs tasks until the quota is used up, on an event loop. A task that never waits gives the loop to no other worker.</summary>
    public async Task RunAllAsync(Phase phase)
    {
        var quota = phase.Quota;
        if (quota.Arrivals is { } arrivals)
        {
            await RunArrivalsAsync(arrivals, phase.IsRecorded);
        }

        while (quota.TryTake(out var index))
        {
            Exception? error = null;
            var start = Stopwatch.GetTimestamp();
            if (start >= quota.Deadline)
            {
                return;
            }

            try
            {
                if (faults is not null && phase.IsRecorded)
                {
                    await faults.BeforeAsync(ref _started);
                }

                var result = await kernel.RunAsync(index);
                _counts.Checksum += result;
            }
            catch (Exception exception)
            {
                error = exception;
            }

            Ended(index, intended: 0, start, Stopwatch.GetTimestamp(), error, phase.IsRecorded);
        }
    }

    private async Task RunArrivalsAsync(Arrivals arrivals, bool isRecorded)
    {
        var timer = new LoopTimer(EventLoop.Current);
        for (var hasEnded = false; arrivals.TryTake(hasEnded, out var arrival); hasEnded = true)
        {
            if (Stopwatch.GetTimestamp() < arrival.IntendedAt)
            {
                await timer.WaitUntilAsync(arrival.IntendedAt);
            }

            Exception? error = null;
            var start = Stopwatch.GetTimestamp();
            try
            {
                if (faults is not null && isRecorded)
                {
                    await faults.BeforeAsync(ref _started);
                }

                var result = await kernel.RunAsync(arrival.Index);
                _counts.Checksum += result;
            }
            catch (Exception exception)
            {
                error = exception;
            }

            Ended(arrival.Index, arrival.IntendedAt, start, Stopwatch.GetTimestamp(), error, isRecorded);
        }
    }

    private void Ended(long index, long intended, long start, long end, Exception? error, bool isRecorded)
    {
        _counts.Tasks++;
        if (error is not null)
        {
            _counts.Errors++;
        }

        if (isRecorded)
        {
            log.Add(new TaskRecord(Number, error is not null, intended, start, end));
            if (error is not null)
            {
                errors.Add(index, Number, error);
            }
        }
    }

    /// <summary>Written for every task: off the cache lines of other workers.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Counts
    {
        [FieldOffset(64)]
        public long Tasks;

        [FieldOffset(72)]
        public long Errors;

        [FieldOffset(80)]
        public ulong Checksum;
    }
}
