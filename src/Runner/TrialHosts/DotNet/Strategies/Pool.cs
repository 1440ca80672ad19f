using System.Runtime;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary>
/// <c>pool</c>: the .NET thread pool. Each task is one work item, as many as there are workers are in flight; the pool has at least
/// as many threads from the start, as Python's pools have, because it would add them only one by one when tasks block.
/// </summary>
internal sealed class Pool(TrialRequest request, RecordSender sender) : IStrategy
{
    private readonly Slot[] _slots = new Slot[request.Workers];

    public long CompiledMethods => JitInfo.GetCompiledMethodCount();

    public WorkerIdentity[] Start()
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.GetMaxThreads(out var mostThreads, out var mostPorts);
        ThreadPool.SetMaxThreads(Math.Max(mostThreads, _slots.Length), mostPorts);
        ThreadPool.SetMinThreads(Math.Max(threads, _slots.Length), ports);
        for (var number = 0; number < _slots.Length; number++)
        {
            _slots[number] = new Slot(new Worker(number, KernelRegistry.Create(request, number), sender.CreateLog(), sender.Errors, Faults.Of(request, number)));
        }

        StartThreads(_slots.Length);
        return Array.ConvertAll(_slots, slot => new WorkerIdentity(slot.Worker.Number, Environment.ProcessId, Tid: 0));
    }

    public void Begin(Phase phase)
    {
        if (phase.Quota.Arrivals is { } arrivals)
        {
            new PoolArrivals(phase, arrivals, Array.ConvertAll(_slots, slot => slot.Worker)).Begin();
            return;
        }

        foreach (var slot in _slots)
        {
            slot.Begin(phase);
        }
    }

    public Totals TakeTotals()
    {
        var totals = default(Totals);
        foreach (var slot in _slots)
        {
            totals += slot.Worker.TakeTotals();
        }

        return totals;
    }

    public long StartedBy(int worker) => _slots[worker].Worker.Started;

    public void Kill()
    {
        // The pool ends with its process.
    }

    /// <summary>Has the pool start its threads now: none of these items ends before all of them run.</summary>
    private static void StartThreads(int count)
    {
        using var all = new CountdownEvent(count);
        using var ended = new CountdownEvent(count);
        for (var index = 0; index < count; index++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static events =>
                {
                    events.all.Signal();
                    events.all.Wait();
                    events.ended.Signal();
                },
                (all, ended),
                preferLocal: false);
        }

        ended.Wait();
    }

    /// <summary>One of the tasks in flight: a work item that is queued again for each task.</summary>
    private sealed class Slot(Worker worker) : IThreadPoolWorkItem
    {
        private Phase? _phase;

        public Worker Worker { get; } = worker;

        public void Begin(Phase phase)
        {
            _phase = phase;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute()
        {
            var phase = _phase!;
            try
            {
                if (phase.Quota.TryTake(out var index) && Worker.Run(index, phase.Quota.Deadline, phase.IsRecorded))
                {
                    // As Task.Run does on a thread of the pool: into the queue of this thread, which other threads take from when they have nothing to do.
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
                }
                else
                {
                    phase.WorkerEnded();
                }
            }
            catch (Exception exception)
            {
                phase.Fail(exception);
            }
        }
    }
}
