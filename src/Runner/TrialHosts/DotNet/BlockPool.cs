using System.Collections.Concurrent;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>Blocks for all logs of a trial: used again, bounded in number.</summary>
internal sealed class BlockPool(Action sendSoon)
{
    /// <summary>Small, because a trial may have thousands of workers and few tasks.</summary>
    public const int FirstBlockRecords = 64;

    private const int BlockRecords = 2048;

    /// <summary>256 MiB of records: 8 million tasks that were not read yet.</summary>
    private const int MostBlocks = 4096;

    /// <summary>Full blocks, 512 KiB, after which the sender need not wait for its next round.</summary>
    private const int SendAt = 8;

    /// <summary>The last that was given back comes first: it is in the processor's caches still.</summary>
    private readonly ConcurrentStack<RecordBlock> _free = new();
    private readonly SemaphoreSlim _room = new(MostBlocks);
    private int _rented;
    private bool _isThrottled;

    /// <summary>Whether a worker had to wait between two tasks because the reader was too slow.</summary>
    public bool IsThrottled => Volatile.Read(ref _isThrottled);

    public RecordBlock Rent()
    {
        if (Interlocked.Increment(ref _rented) % SendAt == 0)
        {
            sendSoon();
        }

        if (!_room.Wait(0))
        {
            // The alternatives are to lose records or to use up the machine's memory.
            Volatile.Write(ref _isThrottled, true);
            _room.Wait();
        }

        return _free.TryPop(out var block) ? block : new RecordBlock(BlockRecords);
    }

    public void Return(RecordBlock block)
    {
        if (block.Records.Length == BlockRecords)
        {
            block.Count = 0;
            block.Next = null;
            _free.Push(block);
            _room.Release();
        }
    }
}
