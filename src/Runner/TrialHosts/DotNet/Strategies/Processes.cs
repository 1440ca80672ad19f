using System.Runtime;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary>
/// <c>processes</c>: a fixed pool of worker processes, each of which gets tasks over a channel of its own from a thread of its own in
/// the host. Timestamps are taken in the workers.
/// </summary>
internal sealed class Processes : IStrategy
{
    private readonly TrialRequest _request;
    private readonly RecordSender _sender;
    private readonly WorkerLosses _losses;
    private readonly WorkerBoard _board;
    private readonly WorkerSeat[] _seats;
    private readonly WorkerFeeder?[] _feeders;
    private readonly WorkerThread[] _threads;
    private Phase? _phase;

    public Processes(TrialRequest request, byte[] line, RecordSender sender, WorkerLosses losses)
    {
        (_request, _sender, _losses) = (request, sender, losses);
        _board = WorkerBoard.Create(request.Workers);
        _seats = new WorkerSeat[request.Workers];
        _feeders = new WorkerFeeder?[request.Workers];
        _threads = new WorkerThread[request.Workers];

        // Host and worker wait for each other all the time: busily only where each of them has a processor of its own.
        var mayWaitBusily = Environment.ProcessorCount >= 2 * request.Workers;
        var mostBytes = Batches.MostBytesOf(request);
        var channel = request.Channel ?? Channel.Pipe;
        for (var number = 0; number < _seats.Length; number++)
        {
            _seats[number] = new WorkerSeat(number, line, _board, () => ChannelRegistry.Open(channel, mostBytes, mayWaitBusily), isOwnLink: true);
        }
    }

    /// <summary>The host's own dispatch is compiled as the warm-up goes on, as the workers' loops are.</summary>
    public long CompiledMethods
    {
        get
        {
            var methods = JitInfo.GetCompiledMethodCount();
            foreach (var feeder in _feeders)
            {
                methods += feeder?.CompiledMethods ?? 0;
            }

            return methods;
        }
    }

    /// <summary>Starts all processes at once, then waits for each. Called on the main thread: the workers die with the thread that started them.</summary>
    public WorkerIdentity[] Start()
    {
        foreach (var seat in _seats)
        {
            seat.Start();
        }

        return Array.ConvertAll(_seats, seat =>
        {
            var identity = seat.WaitUntilUp();
            var feeder = new WorkerFeeder(_request, seat, _sender.CreateLog(), _sender.Errors, _losses);
            _feeders[identity.Worker] = feeder;
            _threads[identity.Worker] = new WorkerThread(identity.Worker, () => feeder.RunAll);
            _threads[identity.Worker].WaitUntilUp();
            seat.Watch(Ended);
            return identity;
        });
    }

    public void Begin(Phase phase)
    {
        Volatile.Write(ref _phase, phase);
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
            totals += feeder!.TakeTotals();
        }

        return totals;
    }

    public long StartedBy(int worker) => _board[worker].Started;

    public void Kill()
    {
        foreach (var seat in _seats)
        {
            seat.Kill();
        }
    }

    private void Ended(WorkerSeat seat)
    {
        try
        {
            _feeders[seat.Number]!.Ended();
        }
        catch (TrialFailedException exception)
        {
            Volatile.Read(ref _phase)?.Fail(exception);
        }
    }
}
