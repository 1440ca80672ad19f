using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Text;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary>
/// <c>process-per-task</c>: a new process for each task, as many at a time as there are workers. A worker is a thread of the host that
/// starts the process, gives it its task over a pipe and waits until it has ended: all of that is the task's latency.
/// </summary>
internal sealed class ProcessPerTask : IStrategy
{
    private readonly WorkerThread[] _threads;
    private readonly Worker[] _workers;
    private readonly WorkerBoard _board;

    public ProcessPerTask(TrialRequest request, byte[] line, RecordSender sender, WorkerLosses losses)
    {
        _board = WorkerBoard.Create(request.Workers);
        _threads = new WorkerThread[request.Workers];
        _workers = new Worker[request.Workers];
        for (var number = 0; number < _workers.Length; number++)
        {
            _workers[number] = new Worker(number, request, line, _board, sender, losses);
        }
    }

    public long CompiledMethods => JitInfo.GetCompiledMethodCount();

    public WorkerIdentity[] Start()
    {
        foreach (var worker in _workers)
        {
            _threads[worker.Number] = new WorkerThread(worker.Number, () =>
            {
                worker.ThreadId = Native.ThreadId();
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

    public long StartedBy(int worker) => _board[worker].Started;

    public void Kill()
    {
        foreach (var worker in _workers)
        {
            worker.Kill();
        }
    }

    private sealed class Worker(int number, TrialRequest request, byte[] line, WorkerBoard board, RecordSender sender, WorkerLosses losses)
    {
        private readonly TaskLog _log = sender.CreateLog();
        private readonly byte[] _payload = new byte[request.PayloadBytes];
        private readonly Lock _lock = new();
        private WorkerProcess? _process;
        private bool _isStopped;
        private Totals _totals;

        public int Number { get; } = number;

        public int ThreadId { get; set; }

        public Totals TakeTotals()
        {
            var totals = _totals;
            _totals = default;
            return totals;
        }

        public void RunAll(Phase phase)
        {
            if (phase.Quota.Arrivals is { } arrivals)
            {
                RunArrivals(arrivals, phase.IsRecorded);
            }

            while (phase.Quota.TryTake(out var index))
            {
                var start = Stopwatch.GetTimestamp();
                if (start >= phase.Quota.Deadline)
                {
                    return;
                }

                Run(index, intended: 0, start, phase.IsRecorded);
            }
        }

        /// <summary>Kills the process of the task in work and lets no other follow.</summary>
        public void Kill()
        {
            lock (_lock)
            {
                _isStopped = true;
                _process?.Kill();
            }
        }

        private void RunArrivals(Arrivals arrivals, bool isRecorded)
        {
            for (var hasEnded = false; arrivals.TryTake(hasEnded, out var arrival); hasEnded = true)
            {
                Native.SleepUntil(arrival.IntendedAt);
                Run(arrival.Index, arrival.IntendedAt, Stopwatch.GetTimestamp(), isRecorded);
            }
        }

        private void Run(long index, long intended, long start, bool isRecorded)
        {
            using var link = ChannelRegistry.Open(Channel.Pipe, Batches.MostBytesOf(request), mayWaitBusily: false);
            using var process = Start(link);

            // It has its ends: the host's copies of them would only keep a wait from ending with the process.
            link.Near.Close();
            var command = new WorkerCommand(index, long.MaxValue, Stopwatch.GetTimestamp(), Count: 1, isRecorded ? 1 : 0);
            link.Near.TrySend(MemoryMarshal.AsBytes(new ReadOnlySpan<WorkerCommand>(in command)), _payload);
            process.WaitUntilUp();
            if (!link.Near.TryReceive(out var message))
            {
                Lose(process, isRecorded);
                return;
            }

            var reply = new ReplyMessage(message);
            if (reply.Reply.Kind == ReplyKind.Failed)
            {
                throw new TrialFailedException(Encoding.UTF8.GetString(reply.Texts()[0]));
            }

            link.Dispose();
            Take(reply, intended, start, isRecorded, process);
        }

        private WorkerProcess Start(LinkPair link)
        {
            lock (_lock)
            {
                if (_isStopped)
                {
                    throw new TrialFailedException("the trial was stopped.");
                }

                return _process = WorkerProcess.Start(Number, link, board, line);
            }
        }

        private void Take(ReplyMessage message, long intended, long start, bool isRecorded, WorkerProcess process)
        {
            var reply = message.Reply;
            process.Finish();
            var end = Stopwatch.GetTimestamp();
            _totals += new Totals(1, reply.Errors, reply.Checksum, isRecorded ? reply.SerializationNs : 0, isRecorded ? reply.ChannelNs + Math.Max(0, end - reply.SentAt) : 0);
            if (isRecorded)
            {
                _log.Add(new TaskRecord(Number, reply.Errors > 0, intended, start, end));
                foreach (var error in message.Texts())
                {
                    sender.Errors.Add(error);
                }
            }
        }

        private void Lose(WorkerProcess process, bool isRecorded)
        {
            var endedAt = Stopwatch.GetTimestamp();
            var reason = process.DescribeEnd();
            if (!losses.IsOver)
            {
                losses.Add(new WorkerPayload(Stopwatch.GetTimestamp(), endedAt, Number, Environment.ProcessId, ThreadId, isRecorded ? 1 : 0, reason));
            }
        }
    }
}
