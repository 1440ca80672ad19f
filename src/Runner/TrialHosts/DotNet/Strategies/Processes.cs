using System.Runtime;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary>
/// <c>processes</c>: a fixed pool of worker processes. Each of them has a channel of its own, fed by a thread of its own in the host
/// (<c>pipe</c>, <c>shared-memory</c>), or all share one (<c>queue</c>, <c>manager</c>). Timestamps are taken in the workers.
/// </summary>
internal sealed class Processes : IStrategy
{
    private readonly TrialRequest _request;
    private readonly RecordSender _sender;
    private readonly WorkerLosses _losses;
    private readonly WorkerBoard _board;
    private readonly WorkerSeat[] _seats;
    private readonly List<WorkerFeeder> _feeders = [];
    private readonly List<WorkerThread> _threads = [];
    private readonly LinkPair? _shared;
    private SharedFeeder? _sharedFeeder;
    private Phase? _phase;

    /// <exception cref="TrialFailedException">The channel does not carry what the trial sends.</exception>
    public Processes(TrialRequest request, byte[] line, RecordSender sender, WorkerLosses losses)
    {
        (_request, _sender, _losses) = (request, sender, losses);
        _board = WorkerBoard.Create(request.Workers);
        var channel = request.Channel ?? Channel.Pipe;
        var mostBytes = Batches.MostBytesOf(request);

        // Host and worker wait for each other all the time: busily only where each of them has a processor of its own.
        var mayWaitBusily = Environment.ProcessorCount >= 2 * request.Workers;
        LinkPair Open() => ChannelRegistry.Open(channel, mostBytes, mayWaitBusily);
        _shared = ChannelRegistry.IsShared(channel) ? Open() : null;
        if (_shared is { Near.MostBytes: var most } && most < ReplyBuilder.MostHeadBytes + request.PayloadBytes)
        {
            throw ChannelRegistry.TooLong(channel, ReplyBuilder.MostHeadBytes + (long)request.PayloadBytes, most);
        }

        _seats = new WorkerSeat[request.Workers];
        for (var number = 0; number < _seats.Length; number++)
        {
            _seats[number] = new WorkerSeat(number, line, _board, _shared is null ? Open : () => _shared, isOwnLink: _shared is null);
        }
    }

    /// <summary>The host's own dispatch is compiled as the warm-up goes on, as the workers' loops are.</summary>
    public long CompiledMethods
    {
        get
        {
            var methods = JitInfo.GetCompiledMethodCount() + (_sharedFeeder?.CompiledMethods ?? 0);
            foreach (var feeder in _feeders)
            {
                methods += feeder.CompiledMethods;
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

        var identities = Array.ConvertAll(_seats, seat => seat.WaitUntilUp());
        if (_shared is not null)
        {
            _sharedFeeder = new SharedFeeder(_request, _shared, _seats, _sender.CreateLog(), _sender.Errors, _losses);
            _threads.Add(new WorkerThread(0, () => _sharedFeeder.RunAll));
        }
        else
        {
            foreach (var seat in _seats)
            {
                var feeder = new WorkerFeeder(_request, seat, _sender.CreateLog(), _sender.Errors, _losses);
                _feeders.Add(feeder);
                _threads.Add(new WorkerThread(seat.Number, () => feeder.RunAll));
            }
        }

        foreach (var thread in _threads)
        {
            thread.WaitUntilUp();
        }

        foreach (var seat in _seats)
        {
            seat.Watch(Ended);
        }

        return identities;
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
        var totals = _sharedFeeder?.TakeTotals() ?? default;
        foreach (var feeder in _feeders)
        {
            totals += feeder.TakeTotals();
        }

        return totals;
    }

    public long StartedBy(int worker) => _board[worker].Started;

    /// <inheritdoc/>
    public IEnumerable<string> TearDown()
    {
        foreach (var seat in _seats)
        {
            seat.TearDown();
        }

        return Array.ConvertAll(_seats, seat => seat.WaitForTeardown()).Where(complaint => complaint.Length > 0);
    }

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
            if (_sharedFeeder is not null)
            {
                _sharedFeeder.Ended(seat);
            }
            else
            {
                _feeders[seat.Number].Ended();
            }
        }
        catch (TrialFailedException exception)
        {
            Volatile.Read(ref _phase)?.Fail(exception);
        }
    }
}
