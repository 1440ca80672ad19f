using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>From the host to a worker process: run tasks with consecutive indices. The payload of each task follows.</summary>
/// <param name="SentAt">When it was handed to the channel, in nanoseconds of the monotonic clock.</param>
/// <param name="Intended">When the one task of an open load was meant to start; 0 for a closed load.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WorkerCommand(long First, long Deadline, long SentAt, int Count, int IsRecorded, long Intended = 0);

/// <summary>
/// From a worker process to the host: what was done since the last reply. The task records, the errors as JSON, each with its length in
/// front, and the payloads of the tasks follow.
/// </summary>
/// <param name="Records">The number of task records; 0 in a phase that is not recorded.</param>
/// <param name="BusyNs">From when the command was read to the end of its last task: what the feeder judges the length of tasks by.</param>
/// <param name="SentAt">When it was handed to the channel, in nanoseconds of the monotonic clock.</param>
/// <param name="SerializationNs">How long it took to put this reply together.</param>
/// <param name="ChannelNs">How long the command was on its way to a worker that waited for it; in the first reply to it.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WorkerReply(
    ReplyKind Kind,
    int Worker,
    int Tasks,
    int Errors,
    int Records,
    int Texts,
    ulong Checksum,
    long BusyNs,
    long CompiledMethods,
    long SentAt,
    long SerializationNs,
    long ChannelNs);

internal enum ReplyKind
{
    /// <summary>More replies to the same command follow.</summary>
    Partial,

    /// <summary>The command is done.</summary>
    Final,

    /// <summary>The worker cannot go on; the text says why.</summary>
    Failed,

    /// <summary>The host tells itself, behind all that the worker said, that the worker is gone.</summary>
    Gone,

    /// <summary>The host tells itself that no task of an open load follows.</summary>
    Over,

    /// <summary>The host tells itself to look whether anything goes on.</summary>
    Look,
}

/// <summary>A reply as it lies in a message; good until the next one is received.</summary>
internal readonly ref struct ReplyMessage
{
    private readonly ReadOnlySpan<byte> _texts;

    public ReplyMessage(ReadOnlySpan<byte> message)
    {
        Reply = MemoryMarshal.Read<WorkerReply>(message);
        var records = message[Unsafe.SizeOf<WorkerReply>()..];
        var bytes = Reply.Records * Protocol.TaskRecord.SizeInBytes;
        Records = MemoryMarshal.Cast<byte, Protocol.TaskRecord>(records[..bytes]);
        _texts = records[bytes..];
    }

    public WorkerReply Reply { get; }

    public ReadOnlySpan<Protocol.TaskRecord> Records { get; }

    /// <summary>The errors, as JSON; or why the worker cannot go on.</summary>
    public byte[][] Texts()
    {
        if (Reply.Texts == 0)
        {
            return [];
        }

        var texts = new byte[Reply.Texts][];
        var rest = _texts;
        for (var index = 0; index < texts.Length; index++)
        {
            var length = MemoryMarshal.Read<int>(rest);
            texts[index] = rest.Slice(sizeof(int), length).ToArray();
            rest = rest[(sizeof(int) + length)..];
        }

        return texts;
    }
}
