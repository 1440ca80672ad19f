using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// How many tasks travel to a worker process together. Short tasks go in batches; long ones go alone, so that none waits behind another
/// while a worker is free. A chunk is never divided, except where its payload would not fit.
/// </summary>
internal sealed class Batches(TrialRequest request, int mostBytes)
{
    private const double BatchNs = 2_000_000;

    /// <summary>Each message costs two switches between processes, as much as some hundred tasks that do nothing. What a reply says of so many fits into a pipe.</summary>
    public const int LargestBatch = 1024;

    /// <summary>A batch of this length is worth no second one behind it: the round trip of about 50 µs does not show.</summary>
    private const double LongBatchNs = 10_000_000;

    /// <summary>More payload than this is not put together only for the sake of a batch: it would leave the processor's caches.</summary>
    private const int BatchPayloadBytes = 256 * 1024;

    private const int ChunkPayloadBytes = 8 * 1024 * 1024;

    /// <summary>What fits into a pipe, so that neither side waits for the other to read.</summary>
    private const int PipeBytes = 32 * 1024;

    private readonly int _chunk = request.ChunkSize ?? 1;
    private double _taskNs = double.MaxValue;

    /// <summary>The longest message of a trial: a reply to a batch or chunk of the greatest length.</summary>
    /// <exception cref="TrialFailedException">No channel carries such a message.</exception>
    public static int MostBytesOf(TrialRequest request)
    {
        var chunk = Math.Min(ChunkPayloadBytes, (long)request.PayloadBytes * (request.ChunkSize ?? 1));
        var most = ReplyBuilder.MostHeadBytes + Math.Max(request.PayloadBytes, Math.Max(chunk, request.PayloadBytes == 0 ? 0 : BatchPayloadBytes));
        return most <= int.MaxValue / 2 ? (int)most : throw new TrialFailedException($"payloadBytes is {request.PayloadBytes:N0}; no channel carries that much at a time.");
    }

    /// <summary>How many tasks to hand out now.</summary>
    public int Size(Quota quota)
    {
        // The last tasks are shared out: no worker gets more than half its share of what is left.
        var share = Math.Max(1, quota.Left / (2L * request.Workers));
        var wanted = (int)Math.Min(Math.Clamp(BatchNs / _taskNs, 1, LargestBatch), share);
        if (request.PayloadBytes == 0)
        {
            return Math.Max(_chunk, wanted / _chunk * _chunk);
        }

        var fitting = Math.Max(1, BatchPayloadBytes / request.PayloadBytes);
        return Math.Clamp(Math.Max(_chunk, Math.Min(wanted, fitting) / _chunk * _chunk), 1, Math.Max(1, (mostBytes - ReplyBuilder.MostHeadBytes) / request.PayloadBytes));
    }

    /// <summary>How many batches of this size may be with a worker, the one in work included.</summary>
    public int Window(int size) => _taskNs * size < LongBatchNs && 2L * size * request.PayloadBytes <= PipeBytes ? 2 : 1;

    /// <summary>Learns from a command's last reply how long a task takes.</summary>
    public void Learn(in WorkerReply reply)
    {
        if (reply is { Kind: ReplyKind.Final, Tasks: > 0 })
        {
            var taskNs = (double)reply.BusyNs / reply.Tasks;
            _taskNs = _taskNs == double.MaxValue ? taskNs : (0.7 * _taskNs) + (0.3 * taskNs);
        }
    }
}
