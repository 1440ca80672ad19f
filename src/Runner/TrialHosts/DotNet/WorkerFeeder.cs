using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// Keeps one worker process busy over a channel of its own. A second batch is on its way while the worker has one, so that it does not
/// wait for the channel. A process that ends is replaced; what it had taken is lost, what it had not goes to its replacement.
/// </summary>
internal sealed class WorkerFeeder(TrialRequest request, WorkerSeat seat, TaskLog log, ErrorLog errors, WorkerLosses losses)
{
    private readonly Batches _batches = new(request, Math.Min(seat.Link.MostBytes, Batches.MostBytesOf(request)));
    private readonly byte[] _payload = new byte[Math.Max(0, Batches.MostBytesOf(request) - ReplyBuilder.MostHeadBytes)];

    /// <summary>Sent and not answered, in order; and what has to be sent again, because the process ended before it took it.</summary>
    private readonly Queue<WorkerCommand> _sent = new();
    private readonly Queue<WorkerCommand> _again = new();

    private readonly Lock _gate = new();
    private bool _isFeeding;
    private bool _hasArrival;
    private long _compiledMethods;
    private int _partial;
    private long _finals;
    private Totals _totals;

    public long CompiledMethods => Volatile.Read(ref _compiledMethods);

    public Totals TakeTotals()
    {
        var totals = _totals;
        _totals = default;
        return totals;
    }

    /// <summary>The process has ended. Where nobody feeds it, nobody else would notice.</summary>
    /// <exception cref="TrialFailedException">It cannot be replaced.</exception>
    public void Ended()
    {
        lock (_gate)
        {
            if (!_isFeeding)
            {
                RecoverWhereEnded();
            }
        }
    }

    public void RunAll(Phase phase)
    {
        lock (_gate)
        {
            _isFeeding = true;
        }

        Feed(phase);
        lock (_gate)
        {
            RecoverWhereEnded();
            _isFeeding = false;
        }
    }

    private void Feed(Phase phase)
    {
        var isOver = false;
        while (true)
        {
            var size = _batches.Size(phase.Quota);
            while (_sent.Count < Window(phase, size) && TryNext(phase, size, ref isOver, out var command))
            {
                Send(command);
            }

            if (_sent.Count == 0)
            {
                return;
            }

            var waitingSince = Stopwatch.GetTimestamp();
            if (seat.Link.TryReceive(out var message))
            {
                Take(new ReplyMessage(message), waitingSince, phase.IsRecorded);
            }
            else
            {
                WaitForEnd();
                RecoverWhereEnded();
            }
        }
    }

    private bool TryNext(Phase phase, int size, ref bool isOver, out WorkerCommand command)
    {
        if (_again.TryDequeue(out command))
        {
            return true;
        }

        if (phase.Quota.Arrivals is { } arrivals)
        {
            return TryNext(arrivals, phase, ref isOver, out command);
        }

        if (isOver || !phase.Quota.TryTake(size, out var first, out var taken))
        {
            isOver = true;
            return false;
        }

        command = new WorkerCommand(first, phase.Quota.Deadline, SentAt: 0, taken, phase.IsRecorded ? 1 : 0);
        return true;
    }

    /// <summary>Each arrival goes to the worker by itself, when its time has come.</summary>
    private bool TryNext(Arrivals arrivals, Phase phase, ref bool isOver, out WorkerCommand command)
    {
        if (isOver || !arrivals.TryTake(_hasArrival, out var arrival))
        {
            (isOver, _hasArrival, command) = (true, false, default);
            return false;
        }

        _hasArrival = true;
        Native.SleepUntil(arrival.IntendedAt);
        command = new WorkerCommand(arrival.Index, phase.Quota.Deadline, SentAt: 0, Count: 1, phase.IsRecorded ? 1 : 0, arrival.IntendedAt);
        return true;
    }

    private int Window(Phase phase, int size) => phase.Quota.Arrivals is null ? _batches.Window(size) : 1;

    private void Send(WorkerCommand command)
    {
        command = command with { SentAt = Stopwatch.GetTimestamp() };
        _sent.Enqueue(command);

        // Where the other side is gone, the next receive says so too.
        seat.Link.TrySend(MemoryMarshal.AsBytes(new ReadOnlySpan<WorkerCommand>(in command)), _payload.AsSpan(0, command.Count * request.PayloadBytes));
    }

    private void Take(ReplyMessage message, long waitingSince, bool isRecorded)
    {
        var reply = message.Reply;
        if (reply.Kind == ReplyKind.Failed)
        {
            throw new TrialFailedException(Encoding.UTF8.GetString(message.Texts()[0]));
        }

        log.Add(message.Records);
        foreach (var error in message.Texts())
        {
            errors.Add(error);
        }

        var channelNs = isRecorded ? reply.ChannelNs + Stopwatch.GetTimestamp() - Math.Max(waitingSince, reply.SentAt) : 0;
        _totals += new Totals(reply.Tasks, reply.Errors, reply.Checksum, isRecorded ? reply.SerializationNs : 0, channelNs);
        _partial += reply.Tasks;
        Volatile.Write(ref _compiledMethods, reply.CompiledMethods);
        _batches.Learn(reply);
        if (reply.Kind == ReplyKind.Final)
        {
            _sent.Dequeue();
            _finals++;
            _partial = 0;
        }
    }

    /// <summary>The channel says that the process is gone a moment before the watcher says when that was.</summary>
    private void WaitForEnd()
    {
        while (seat.EndedAt == 0)
        {
            Thread.Yield();
        }
    }

    private void RecoverWhereEnded()
    {
        if (seat.EndedAt == 0 || losses.IsOver)
        {
            return;
        }

        // Of what was sent, it had taken as much as it says; of that, all but the last was answered.
        var lost = 0L;
        if (seat.Place.Taken > _finals)
        {
            var taken = _sent.Dequeue();
            lost = taken.IsRecorded != 0 ? taken.Count - _partial : 0;
            _finals++;
        }

        _partial = 0;
        while (_sent.TryDequeue(out var command))
        {
            _again.Enqueue(command);
        }

        seat.Replace(lost, losses);
    }
}
