using System.Diagnostics;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>What a worker process has done and not told yet.</summary>
internal sealed class ReplyBuilder(int worker, ILink host)
{
    /// <summary>The most task records of a reply.</summary>
    public const int MostRecords = 1024;

    /// <summary>The longest reply without its payload.</summary>
    public static readonly int MostHeadBytes = Unsafe.SizeOf<WorkerReply>() + (MostRecords * TaskRecord.SizeInBytes)
        + (ErrorPayload.MaximumCount * (ErrorPayload.MaximumBytes + sizeof(int)));

    private readonly byte[] _head = new byte[MostHeadBytes];
    private readonly TaskRecord[] _records = new TaskRecord[MostRecords];
    private readonly List<byte[]> _texts = [];
    private int _recorded;
    private int _errors;
    private ulong _checksum;
    private long _begun;
    private long _channelNs;

    public int Tasks { get; private set; }

    public bool IsFull => _recorded == MostRecords;

    /// <summary>A command has come.</summary>
    public void Begin(long at, long channelNs) => (_begun, _channelNs) = (at, channelNs);

    public void Add(ulong result, bool isError)
    {
        Tasks++;
        _checksum += result;
        _errors += isError ? 1 : 0;
    }

    public void Add(in TaskRecord record) => _records[_recorded++] = record;

    public void Add(byte[] error) => _texts.Add(error);

    /// <summary>Sends all of it; false where the host is gone.</summary>
    /// <param name="now">The end of the last task.</param>
    /// <param name="sentAt">When the reply was put together.</param>
    public bool TrySend(ReplyKind kind, long now, ReadOnlySpan<byte> payload, out long sentAt)
    {
        var length = Unsafe.SizeOf<WorkerReply>();
        var records = MemoryMarshal.AsBytes(_records.AsSpan(0, _recorded));
        records.CopyTo(_head.AsSpan(length));
        length += records.Length;
        foreach (var text in _texts)
        {
            MemoryMarshal.Write(_head.AsSpan(length), text.Length);
            text.CopyTo(_head.AsSpan(length + sizeof(int)));
            length += sizeof(int) + text.Length;
        }

        sentAt = Stopwatch.GetTimestamp();
        var reply = new WorkerReply(
            kind, worker, Tasks, _errors, _recorded, _texts.Count, _checksum, now - _begun, JitInfo.GetCompiledMethodCount(), sentAt, sentAt - now, _channelNs);
        MemoryMarshal.Write(_head, reply);
        (Tasks, _errors, _recorded, _checksum, _channelNs) = (0, 0, 0, 0, 0);
        _texts.Clear();
        return host.TrySend(_head.AsSpan(0, length), payload);
    }

    /// <summary>Says that the worker cannot go on.</summary>
    public void TrySendFailure(Exception exception)
    {
        _texts.Clear();
        _recorded = 0;
        var text = Encoding.UTF8.GetBytes(exception is TrialFailedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}");
        _texts.Add(text.Length <= ErrorPayload.MaximumBytes ? text : text[..ErrorPayload.MaximumBytes]);
        TrySend(ReplyKind.Failed, Stopwatch.GetTimestamp(), default, out _);
    }
}
