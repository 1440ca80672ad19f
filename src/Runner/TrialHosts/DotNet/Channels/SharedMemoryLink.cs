using System.Globalization;
using System.Numerics;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>
/// <c>shared-memory</c>: two ring buffers, one for each way, in memory that both processes have mapped. A message is copied once, by
/// its sender; its receiver reads it where it lies. The memory has no name, so nothing is left behind.
/// </summary>
internal sealed unsafe class SharedMemoryLink : ILink
{
    private const int LeastCapacity = 256 * 1024;
    private const int MostCapacity = 1 << 30;

    private readonly SharedMemory _memory;
    private readonly SharedRing _incoming;
    private readonly SharedRing _outgoing;
    private readonly Lock _closing = new();
    private bool _isDisposed;

    private SharedMemoryLink(SharedMemory memory, int capacity, bool isNear, bool mayWaitBusily)
    {
        _memory = memory;
        var toFar = new SharedRing(memory.Start, capacity, mayWaitBusily);
        var toNear = new SharedRing(memory.Start + SharedRing.SizeOf(capacity), capacity, mayWaitBusily);
        (_incoming, _outgoing) = isNear ? (toNear, toFar) : (toFar, toNear);
    }

    public int MostBytes => _outgoing.MostBytes;

    public static LinkPair Open(int mostBytes, bool mayWaitBusily)
    {
        var needed = Math.Max(LeastCapacity, SharedRing.CapacityFor(mostBytes));
        if (needed > MostCapacity)
        {
            throw ChannelRegistry.TooLong(Channel.SharedMemory, mostBytes, SharedRing.MostBytesOf(MostCapacity));
        }

        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)needed);
        var memory = SharedMemory.Create(2 * SharedRing.SizeOf(capacity));
        var address = string.Create(CultureInfo.InvariantCulture, $"shared-memory:{capacity}:{(mayWaitBusily ? 1 : 0)}");
        return new LinkPair(new SharedMemoryLink(memory, capacity, isNear: true, mayWaitBusily), address, [memory.Descriptor]);
    }

    public static SharedMemoryLink Connect(int capacity, bool mayWaitBusily) =>
        new(SharedMemory.Map(ChannelRegistry.FirstDescriptor, 2 * SharedRing.SizeOf(capacity)), capacity, isNear: false, mayWaitBusily);

    public bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default)
    {
        var length = (long)head.Length + body.Length;
        return length <= MostBytes ? _outgoing.TryWrite(head, body) : throw ChannelRegistry.TooLong(Channel.SharedMemory, length, MostBytes);
    }

    public bool TryReceive(out ReadOnlySpan<byte> message) => _incoming.TryRead(out message);

    public void Close()
    {
        // Who is woken here may dispose the link at once.
        lock (_closing)
        {
            if (!_isDisposed)
            {
                _incoming.Close();
                _outgoing.Close();
            }
        }
    }

    public void Dispose()
    {
        lock (_closing)
        {
            _isDisposed = true;
            _memory.Dispose();
        }
    }
}
