using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>
/// A ring buffer of messages in shared memory with one writer and one reader, which may live in two processes. Neither takes a lock: a
/// process that is killed leaves the ring whole. Messages lie in one piece each, so the reader needs no copy.
/// </summary>
internal sealed unsafe class SharedRing(byte* start, int capacity, bool mayWaitBusily)
{
    private const int HeaderBytes = 4096;
    private const int LengthBytes = 8;
    private const int Padding = -1;

    private readonly Header* _header = (Header*)start;
    private readonly byte* _data = start + HeaderBytes;
    private readonly BusyWait _dataWait = new(mayWaitBusily);
    private readonly BusyWait _roomWait = new(mayWaitBusily);

    // Each side's own position, and what it saw of the other's last: the other's cache line is only read where it has to be.
    private long _written = Volatile.Read(ref ((Header*)start)->Written);
    private long _readSeen;
    private long _read = Volatile.Read(ref ((Header*)start)->Read);
    private long _writtenSeen;

    public int MostBytes => MostBytesOf(capacity);

    /// <summary>A message that begins at the worst place leaves half of the ring unused.</summary>
    public static int MostBytesOf(int capacity) => (capacity / 2) - LengthBytes;

    public static long CapacityFor(int mostBytes) => 2L * (mostBytes + (2 * LengthBytes));

    public static long SizeOf(int capacity) => HeaderBytes + (long)capacity;

    /// <summary>Waits for room and writes; false where the ring is closed.</summary>
    public bool TryWrite(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var length = head.Length + body.Length;
        var needed = (LengthBytes + length + LengthBytes - 1) & -LengthBytes;
        var offset = (int)(_written & (capacity - 1));
        var skipped = capacity - offset < needed ? capacity - offset : 0;
        if (_written + skipped + needed - _readSeen > capacity && !WaitForRoom(_written + skipped + needed - capacity))
        {
            return false;
        }

        if (Volatile.Read(ref _header->IsClosed) != 0)
        {
            return false;
        }

        if (skipped > 0)
        {
            *(int*)(_data + offset) = Padding;
            offset = 0;
        }

        *(int*)(_data + offset) = length;
        var target = new Span<byte>(_data + offset + LengthBytes, length);
        head.CopyTo(target);
        body.CopyTo(target[head.Length..]);
        _written += skipped + needed;
        Volatile.Write(ref _header->Written, _written);
        Wake(ref _header->IsReaderWaiting, ref _header->DataSignal);
        return true;
    }

    /// <summary>Lets go of the last message and waits for the next; false where the ring is closed and empty.</summary>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        Volatile.Write(ref _header->Read, _read);
        Wake(ref _header->IsWriterWaiting, ref _header->RoomSignal);
        if (_writtenSeen == _read && !WaitForData())
        {
            message = default;
            return false;
        }

        var offset = (int)(_read & (capacity - 1));
        if (*(int*)(_data + offset) == Padding)
        {
            _read += capacity - offset;
            offset = 0;
        }

        var length = *(int*)(_data + offset);
        message = new ReadOnlySpan<byte>(_data + offset + LengthBytes, length);
        _read += (LengthBytes + length + LengthBytes - 1) & -LengthBytes;
        return true;
    }

    /// <summary>Ends every wait on both sides; from any thread.</summary>
    public void Close()
    {
        Volatile.Write(ref _header->IsClosed, 1);
        Interlocked.Increment(ref _header->DataSignal);
        Futex.Wake(ref _header->DataSignal);
        Interlocked.Increment(ref _header->RoomSignal);
        Futex.Wake(ref _header->RoomSignal);
    }

    private static void Wake(ref int isWaiting, ref uint signal)
    {
        // Between the own store before and this load: without it both sides could miss each other.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref isWaiting) != 0)
        {
            Volatile.Write(ref isWaiting, 0);
            Interlocked.Increment(ref signal);
            Futex.Wake(ref signal);
        }
    }

    private bool WaitForData()
    {
        for (var round = _dataWait.Rounds; round > 0; round--)
        {
            if (HasData())
            {
                _dataWait.Succeeded();
                return true;
            }

            BusyWait.Pause();
        }

        _dataWait.Failed();
        while (true)
        {
            var seen = Volatile.Read(ref _header->DataSignal);
            Volatile.Write(ref _header->IsReaderWaiting, 1);
            Interlocked.MemoryBarrier();
            var isClosed = Volatile.Read(ref _header->IsClosed) != 0;
            if (HasData() || isClosed)
            {
                Volatile.Write(ref _header->IsReaderWaiting, 0);
                return _writtenSeen != _read;
            }

            Futex.Wait(ref _header->DataSignal, seen);
        }
    }

    private bool HasData()
    {
        _writtenSeen = Volatile.Read(ref _header->Written);
        return _writtenSeen != _read;
    }

    private bool WaitForRoom(long read)
    {
        for (var round = _roomWait.Rounds; round > 0; round--)
        {
            if (HasRoom(read))
            {
                _roomWait.Succeeded();
                return true;
            }

            BusyWait.Pause();
        }

        _roomWait.Failed();
        while (true)
        {
            var seen = Volatile.Read(ref _header->RoomSignal);
            Volatile.Write(ref _header->IsWriterWaiting, 1);
            Interlocked.MemoryBarrier();
            var isClosed = Volatile.Read(ref _header->IsClosed) != 0;
            if (HasRoom(read) || isClosed)
            {
                Volatile.Write(ref _header->IsWriterWaiting, 0);
                return !isClosed;
            }

            Futex.Wait(ref _header->RoomSignal, seen);
        }
    }

    private bool HasRoom(long read)
    {
        _readSeen = Volatile.Read(ref _header->Read);
        return _readSeen >= read;
    }

    /// <summary>What both sides see; each field on cache lines of its own. Positions count bytes from the beginning and never turn back.</summary>
    [StructLayout(LayoutKind.Explicit, Size = HeaderBytes)]
    private struct Header
    {
        [FieldOffset(0)]
        public long Written;

        [FieldOffset(128)]
        public long Read;

        [FieldOffset(256)]
        public uint DataSignal;

        [FieldOffset(384)]
        public int IsReaderWaiting;

        [FieldOffset(512)]
        public uint RoomSignal;

        [FieldOffset(640)]
        public int IsWriterWaiting;

        [FieldOffset(768)]
        public int IsClosed;
    }
}
