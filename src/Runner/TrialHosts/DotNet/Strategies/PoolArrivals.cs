using System.Collections.Concurrent;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary>Hands the arrivals of an open load to the thread pool, each as a work item of its own, as soon as its time has come and one of the slots is free.</summary>
internal sealed class PoolArrivals
{
    private readonly ConcurrentQueue<Slot> _free;
    private readonly SemaphoreSlim _isFree;
    private readonly Arrivals _arrivals;
    private readonly Phase _phase;
    private readonly int _slots;

    public PoolArrivals(Phase phase, Arrivals arrivals, IReadOnlyList<Worker> workers)
    {
        (_phase, _arrivals, _slots) = (phase, arrivals, workers.Count);
        _free = new ConcurrentQueue<Slot>(workers.Select(worker => new Slot(this, worker)));
        _isFree = new SemaphoreSlim(workers.Count);
    }

    public void Begin() => new Thread(Run) { IsBackground = true, Name = "arrivals" }.Start();

    private void Run()
    {
        try
        {
            _isFree.Wait();
            while (_arrivals.TryTake(hasEnded: false, out var arrival))
            {
                Native.SleepUntil(arrival.IntendedAt);
                _free.TryDequeue(out var slot);
                slot!.Arrival = arrival;
                ThreadPool.UnsafeQueueUserWorkItem(slot, preferLocal: false);
                _isFree.Wait();
            }

            // The one that is held, and those that are in a task.
            _phase.WorkerEnded();
            for (var left = _slots - 1; left > 0; left--)
            {
                _isFree.Wait();
                _phase.WorkerEnded();
            }
        }
        catch (Exception exception)
        {
            _phase.Fail(exception);
        }
    }

    private sealed class Slot(PoolArrivals owner, Worker worker) : IThreadPoolWorkItem
    {
        public Arrival Arrival { get; set; }

        public void Execute()
        {
            try
            {
                worker.Run(Arrival.Index, long.MaxValue, owner._phase.IsRecorded, Arrival.IntendedAt);
                owner._arrivals.End();
                owner._free.Enqueue(this);
                owner._isFree.Release();
            }
            catch (Exception exception)
            {
                owner._phase.Fail(exception);
            }
        }
    }
}
