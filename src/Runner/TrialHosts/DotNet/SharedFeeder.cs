using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// Keeps all worker processes busy over one queue of tasks and one of results: whoever is free takes the next. A process that ends is
/// replaced; what it had taken is lost, what is in the queue is everybody's.
/// </summary>
internal sealed class SharedFeeder(TrialRequest request, LinkPair link, WorkerSeat[] seats, TaskLog log, ErrorLog errors, WorkerLosses losses)
{
    /// <summary>More than this beside what is in work helps nobody, and a queue of the system holds no more than ten messages.</summary>
    private const int MostWaiting = 8;

    /// <summary>
    /// Messages longer than this do not wait in the queue at all. So it never keeps this thread from hearing the workers: with no more
    /// messages under way than there are workers, a message that waits has a worker that is free for it.
    /// </summary>
    private const int LongPayloadBytes = 16 * 1024;

    private readonly Batches _batches = new(request, Math.Min(link.Near.MostBytes, Batches.MostBytesOf(request)));
    private readonly byte[] _payload = new byte[Math.Max(0, Batches.MostBytesOf(request) - ReplyBuilder.MostHeadBytes)];
    private readonly int[] _partials = new int[seats.Length];
    private readonly long[] _finals = new long[seats.Length];
    private readonly long[] _compiledMethods = new long[seats.Length];
    private readonly Lock _gate = new();
    private readonly Lock _telling = new();
    private readonly SilenceWatch _silence = new();
    private SharedArrivals? _arrivals;
    private bool _isFeeding;
    private bool _isOver;
    private int _outstanding;
    private Totals _totals;

    public long CompiledMethods
    {
        get
        {
            var sum = 0L;
            for (var worker = 0; worker < _compiledMethods.Length; worker++)
            {
                sum += Volatile.Read(ref _compiledMethods[worker]);
            }

            return sum;
        }
    }

    public Totals TakeTotals()
    {
        var totals = _totals;
        _totals = default;
        return totals;
    }

    /// <summary>A process has ended. What it had said before has to be heard first, so the news goes into the same queue.</summary>
    /// <exception cref="TrialFailedException">It cannot be replaced.</exception>
    public void Ended(WorkerSeat seat)
    {
        lock (_gate)
        {
            if (!_isFeeding)
            {
                RecoverWhereEnded(seat);
                return;
            }

            Tell(default(WorkerReply) with { Kind = ReplyKind.Gone, Worker = seat.Number });
        }
    }

    /// <summary>Runs a phase for all workers.</summary>
    public void RunAll(Phase phase)
    {
        lock (_gate)
        {
            _isFeeding = true;
        }

        if (phase.Quota.Arrivals is { } arrivals)
        {
            _arrivals = new SharedArrivals(arrivals, seats.Length, command => Send(command with { IsRecorded = phase.IsRecorded ? 1 : 0 }), () => Tell(default(WorkerReply) with { Kind = ReplyKind.Over }));
            _arrivals.Begin(phase);
            _isOver = false;
            while (!_isOver || Volatile.Read(ref _outstanding) > 0)
            {
                Receive(phase.IsRecorded);
            }
        }
        else
        {
            Feed(phase);
        }

        lock (_gate)
        {
            foreach (var seat in seats)
            {
                RecoverWhereEnded(seat);
            }

            _isFeeding = false;
        }

        _silence.End();

        // The caller tells the end of one worker.
        for (var others = seats.Length - 1; others > 0; others--)
        {
            phase.WorkerEnded();
        }
    }

    private void Feed(Phase phase)
    {
        var isOver = false;
        while (true)
        {
            var size = _batches.Size(phase.Quota);
            var waiting = (long)size * request.PayloadBytes > LongPayloadBytes ? 0 : Math.Min(seats.Length, MostWaiting);
            while (!isOver && _outstanding < seats.Length + waiting)
            {
                if (phase.Quota.TryTake(size, out var first, out var taken))
                {
                    Send(new WorkerCommand(first, phase.Quota.Deadline, Stopwatch.GetTimestamp(), taken, phase.IsRecorded ? 1 : 0));
                }
                else
                {
                    isOver = true;
                }
            }

            if (_outstanding == 0)
            {
                return;
            }

            Receive(phase.IsRecorded);
        }
    }

    private void Receive(bool isRecorded)
    {
        var waitingSince = Stopwatch.GetTimestamp();
        if (!link.Near.TryReceive(out var message))
        {
            throw Broken();
        }

        Take(new ReplyMessage(message), waitingSince, isRecorded);
    }

    /// <summary>Puts news of the host's own behind what the workers have said.</summary>
    private void Tell(WorkerReply news)
    {
        lock (_telling)
        {
            link.Far!.TrySend(MemoryMarshal.AsBytes(new ReadOnlySpan<WorkerReply>(in news)));
        }
    }

    private void Send(WorkerCommand command)
    {
        Interlocked.Increment(ref _outstanding);
        if (!link.Near.TrySend(MemoryMarshal.AsBytes(new ReadOnlySpan<WorkerCommand>(in command)), _payload.AsSpan(0, command.Count * request.PayloadBytes)))
        {
            throw Broken();
        }
    }

    private void Take(ReplyMessage message, long waitingSince, bool isRecorded)
    {
        var reply = message.Reply;
        switch (reply.Kind)
        {
            case ReplyKind.Failed:
                throw new TrialFailedException(Encoding.UTF8.GetString(message.Texts()[0]));
            case ReplyKind.Gone:
                RecoverWhereEnded(seats[reply.Worker]);
                _silence.Begin(() => Tell(default(WorkerReply) with { Kind = ReplyKind.Look }));
                return;
            case ReplyKind.Look:
                FailWhereStuck();
                return;
            case ReplyKind.Over:
                _isOver = true;
                return;
            default:
                break;
        }

        _silence.Heard();
        log.Add(message.Records);
        foreach (var error in message.Texts())
        {
            errors.Add(error);
        }

        var channelNs = isRecorded ? reply.ChannelNs + Stopwatch.GetTimestamp() - Math.Max(waitingSince, reply.SentAt) : 0;
        _totals += new Totals(reply.Tasks, reply.Errors, reply.Checksum, isRecorded ? reply.SerializationNs : 0, channelNs);
        _partials[reply.Worker] += reply.Tasks;
        Volatile.Write(ref _compiledMethods[reply.Worker], reply.CompiledMethods);
        _batches.Learn(reply);
        if (reply.Kind == ReplyKind.Final)
        {
            TaskEnded();
            _finals[reply.Worker]++;
            _partials[reply.Worker] = 0;
        }
    }

    /// <summary>A process that was killed between taking a message and saying so has taken it along: all are idle, the queue is empty, and some tasks are nowhere.</summary>
    private void FailWhereStuck()
    {
        if (!_silence.IsLong || Volatile.Read(ref _outstanding) == 0 || seats.Any(seat => seat.Place.Taken > _finals[seat.Number]))
        {
            return;
        }

        throw new TrialFailedException(
            $"{_outstanding} {(_outstanding == 1 ? "message" : "messages")} with tasks cannot be accounted for: a worker process ended while it took them from the {ChannelRegistry.NameOf(request.Channel!.Value)}",
            "A task, or code that it uses, ended its own process, or something outside did. The channels pipe and shared-memory belong to one worker each, so that what it had not begun goes to its replacement.");
    }

    private void TaskEnded()
    {
        Interlocked.Decrement(ref _outstanding);
        _arrivals?.End();
    }

    private void RecoverWhereEnded(WorkerSeat seat)
    {
        if (seat.EndedAt == 0 || losses.IsOver)
        {
            return;
        }

        // All that it has taken but the last was answered, and all answers before this news were heard.
        var lost = 0L;
        if (seat.Place.Taken > _finals[seat.Number])
        {
            lost = seat.Place.IsRecorded != 0 ? seat.Place.Count - _partials[seat.Number] : 0;
            TaskEnded();
            _finals[seat.Number]++;
        }

        _partials[seat.Number] = 0;
        seat.Replace(lost, losses);
    }

    private TrialFailedException Broken() => new($"the channel {ChannelRegistry.NameOf(request.Channel!.Value)} broke in the middle of the trial.");
}
