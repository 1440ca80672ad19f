using System.Runtime;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary><c>threads</c>: dedicated threads, each of which takes the next task when it has ended one.</summary>
internal sealed class Threads(TrialRequest request, RecordSender sender) : IStrategy
{
    private readonly WorkerThread[] _threads = new WorkerThread[request.Workers];
    private readonly Worker[] _workers = new Worker[request.Workers];

    public long CompiledMethods => JitInfo.GetCompiledMethodCount();

    public WorkerIdentity[] Start()
    {
        for (var number = 0; number < _threads.Length; number++)
        {
            var own = number;
            _threads[number] = new WorkerThread(number, () =>
            {
                var worker = new Worker(own, KernelRegistry.Create(request, own), sender.CreateLog(), sender.Errors, Faults.Of(request, own));
                _workers[own] = worker;
                return worker.RunAll;
            });
        }

        return Array.ConvertAll(_threads, thread => thread.WaitUntilUp());
    }

    public void Begin(Phase phase)
    {
        foreach (var thread in _threads)
        {
            thread.Begin(phase);
        }
    }

    public Totals TakeTotals()
    {
        var totals = default(Totals);
        foreach (var worker in _workers)
        {
            totals += worker.TakeTotals();
        }

        return totals;
    }

    public long StartedBy(int worker) => _workers[worker].Started;

    public void Kill()
    {
        // Threads end with their process.
    }
}
