using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary>
/// <c>processes</c>: a fixed pool of worker processes, each of which gets tasks over a pipe from a thread of its own in the host.
/// Timestamps are taken in the workers.
/// </summary>
internal sealed class Processes(TrialRequest request, byte[] line, RecordSender sender) : IStrategy
{
    private readonly WorkerProcess?[] _processes = new WorkerProcess[request.Workers];
    private readonly WorkerFeeder[] _feeders = new WorkerFeeder[request.Workers];
    private readonly WorkerThread[] _threads = new WorkerThread[request.Workers];

    /// <summary>The host's own dispatch is compiled as the warm-up goes on, as the workers' loops are.</summary>
    public long CompiledMethods
    {
        get
        {
            var methods = System.Runtime.JitInfo.GetCompiledMethodCount();
            foreach (var process in _processes)
            {
                methods += process?.CompiledMethods ?? 0;
            }

            return methods;
        }
    }

    /// <summary>Starts all processes at once, then waits for each. Called on the main thread: the workers die with the thread that started them.</summary>
    public WorkerIdentity[] Start()
    {
        for (var number = 0; number < _processes.Length; number++)
        {
            Volatile.Write(ref _processes[number], new WorkerProcess(number, line));
        }

        return Array.ConvertAll(_processes, process =>
        {
            var identity = process!.WaitUntilUp();
            _feeders[identity.Worker] = new WorkerFeeder(request, process, sender.CreateLog(), sender.Errors);
            _threads[identity.Worker] = new WorkerThread(identity.Worker, () => _feeders[identity.Worker].RunAll);
            _threads[identity.Worker].WaitUntilUp();
            return identity;
        });
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
        foreach (var feeder in _feeders)
        {
            totals += feeder.TakeTotals();
        }

        return totals;
    }

    public void Kill()
    {
        for (var number = 0; number < _processes.Length; number++)
        {
            Volatile.Read(ref _processes[number])?.Kill();
        }
    }
}
