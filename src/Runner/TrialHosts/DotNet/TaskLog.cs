using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// The task records of one thread on their way to the sender. The thread adds and the sender drains at the same time, without a
/// lock: records lie in a chain of blocks, and each block's count is published after its records.
/// </summary>
internal sealed class TaskLog
{
    private readonly BlockPool _pool;

    // The producer's side.
    private RecordBlock _tail;
    private int _used;

    // The sender's side.
    private RecordBlock _head;
    private int _drained;

    public TaskLog(BlockPool pool)
    {
        _pool = pool;
        _head = _tail = new RecordBlock(BlockPool.FirstBlockRecords);
    }

    /// <summary>Adds a record; only the log's own thread does.</summary>
    public void Add(in TaskRecord record)
    {
        if (_used == _tail.Records.Length)
        {
            Extend();
        }

        _tail.Records[_used++] = record;
        Volatile.Write(ref _tail.Count, _used);
    }

    /// <summary>Adds records that another process made.</summary>
    public void Add(ReadOnlySpan<TaskRecord> records)
    {
        while (!records.IsEmpty)
        {
            if (_used == _tail.Records.Length)
            {
                Extend();
            }

            var part = records[..Math.Min(records.Length, _tail.Records.Length - _used)];
            part.CopyTo(_tail.Records.AsSpan(_used));
            _used += part.Length;
            Volatile.Write(ref _tail.Count, _used);
            records = records[part.Length..];
        }
    }

    /// <summary>Moves up to <c>target.Length</c> records into the target and gives their number; only the sender does.</summary>
    public int Drain(Span<TaskRecord> target)
    {
        var moved = 0;
        while (true)
        {
            var head = _head;
            var part = Math.Min(Volatile.Read(ref head.Count) - _drained, target.Length - moved);
            head.Records.AsSpan(_drained, part).CopyTo(target[moved..]);
            moved += part;
            _drained += part;
            if (_drained < head.Records.Length || Volatile.Read(ref head.Next) is not { } next)
            {
                break;
            }

            _head = next;
            _drained = 0;
            _pool.Return(head);
        }

        return moved;
    }

    private void Extend()
    {
        var block = _pool.Rent();
        Volatile.Write(ref _tail.Next, block);
        _tail = block;
        _used = 0;
    }
}

internal sealed class RecordBlock(int size)
{
    /// <summary>Where the collector neither moves nor clears it: blocks live long, and a trial of tasks that do nothing needs many at once.</summary>
    public readonly TaskRecord[] Records = GC.AllocateUninitializedArray<TaskRecord>(size, pinned: true);
    public int Count;
    public RecordBlock? Next;
}
