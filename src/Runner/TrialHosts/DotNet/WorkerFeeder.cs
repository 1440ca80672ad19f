using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// Keeps one worker process busy. Short tasks go in batches, and a second batch is on its way while the worker has one, so that it
/// does not wait for the pipe; long tasks go alone, so that none waits behind another while a worker is free. A chunk is never
/// divided, except where its payload would not fit.
/// </summary>
internal sealed class WorkerFeeder(TrialRequest request, WorkerProcess process, TaskLog log, ErrorLog errors)
{
    private const double BatchNs = 2_000_000;
    private const int LargestBatch = 64;

    /// <summary>A batch of this length is worth no second one behind it: the round trip of about 50 µs does not show.</summary>
    private const double LongBatchNs = 10_000_000;

    /// <summary>What fits into a pipe, so that neither side waits for the other to read.</summary>
    private const int PipeBytes = 32 * 1024;

    private const int MostPayloadBytes = 8 * 1024 * 1024;

    private readonly int _chunk = request.ChunkSize ?? 1;
    private byte[] _payload = [];
    private double _taskNs = double.MaxValue;
    private Totals _totals;

    public Totals TakeTotals()
    {
        var totals = _totals;
        _totals = default;
        return totals;
    }

    public void RunAll(Phase phase)
    {
        var isOver = false;
        var outstanding = 0;
        while (true)
        {
            var batch = BatchSize(phase.Quota);
            while (!isOver && outstanding < Window(batch))
            {
                if (phase.Quota.TryTake(batch, out var first, out var taken))
                {
                    process.Send(new WorkerCommand(first, phase.Quota.Deadline, taken, phase.IsRecorded ? 1 : 0), Payload(taken));
                    outstanding++;
                }
                else
                {
                    isOver = true;
                }
            }

            if (outstanding == 0)
            {
                return;
            }

            if (Receive() == ReplyKind.Final)
            {
                outstanding--;
            }
        }
    }

    private ReplyKind Receive()
    {
        var reply = process.Read();
        log.Add(process.Records);
        foreach (var error in process.Texts)
        {
            errors.Add(error);
        }

        _totals += new Totals(reply.Tasks, reply.Errors, reply.Checksum);
        if (reply is { Kind: ReplyKind.Final, Tasks: > 0 })
        {
            var taskNs = (double)reply.BusyNs / reply.Tasks;
            _taskNs = _taskNs == double.MaxValue ? taskNs : (0.7 * _taskNs) + (0.3 * taskNs);
        }

        return reply.Kind;
    }

    private int BatchSize(Quota quota)
    {
        // The last tasks are shared out: no worker gets more than half its share of what is left.
        var share = Math.Max(1, quota.Left / (2L * request.Workers));
        var wanted = (int)Math.Min(Math.Clamp(BatchNs / _taskNs, 1, LargestBatch), share);
        var batch = Math.Max(_chunk, wanted / _chunk * _chunk);
        return request.PayloadBytes == 0 ? batch : Math.Clamp(batch, 1, Math.Max(1, MostPayloadBytes / request.PayloadBytes));
    }

    private int Window(int batch) => _taskNs * batch < LongBatchNs && 2L * batch * request.PayloadBytes <= PipeBytes ? 2 : 1;

    private ReadOnlySpan<byte> Payload(int tasks)
    {
        var length = tasks * request.PayloadBytes;
        if (_payload.Length < length)
        {
            _payload = new byte[length];
        }

        return _payload.AsSpan(0, length);
    }
}
