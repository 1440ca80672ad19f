using System.Globalization;
using System.Runtime.InteropServices;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>
/// <c>manager</c>: a server process owns the queues, and everybody asks it to put a message in or to give one out. Each message crosses
/// four borders instead of two, and each request is answered.
/// </summary>
internal sealed class ManagerLink : ILink
{
    private readonly ManagerQueue _outgoing;
    private readonly ManagerQueue _incoming;
    private readonly int _putting;
    private readonly int _getting;
    private byte[] _buffer = new byte[4096];

    private ManagerLink(string name, ManagerQueue incoming, ManagerQueue outgoing)
    {
        (_incoming, _outgoing) = (incoming, outgoing);
        _putting = UnixSockets.Connect(name);
        _getting = UnixSockets.Connect(name);
    }

    public int MostBytes => int.MaxValue / 2;

    public static LinkPair Open()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"brigade-manager-{Environment.ProcessId}-{Guid.NewGuid():n}");
        var listener = UnixSockets.Listen(name);
        try
        {
            // Connections wait in the listener until the server is up.
            var server = ManagerServer.Start(listener);
            return new LinkPair(new ManagerLink(name, ManagerQueue.Results, ManagerQueue.Tasks), $"manager:{name}", [])
            {
                Far = Connect(name),
                Server = server,
            };
        }
        finally
        {
            Descriptors.Close([listener]);
        }
    }

    public static ManagerLink Connect(string name) => new(name, ManagerQueue.Tasks, ManagerQueue.Results);

    public bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default)
    {
        var length = (long)head.Length + body.Length;
        if (length > MostBytes)
        {
            throw ChannelRegistry.TooLong(Channel.Manager, length, MostBytes);
        }

        var request = new ManagerRequest(ManagerOperation.Put, _outgoing, (int)length);
        Span<byte> answer = stackalloc byte[1];
        return Native.TryWrite(_putting, MemoryMarshal.AsBytes(new ReadOnlySpan<ManagerRequest>(in request)))
            && Native.TryWrite(_putting, head)
            && Native.TryWrite(_putting, body)
            && Native.TryReadAll(_putting, answer);
    }

    public bool TryReceive(out ReadOnlySpan<byte> message)
    {
        message = default;
        var request = new ManagerRequest(ManagerOperation.Get, _incoming, 0);
        var length = 0;
        if (!Native.TryWrite(_getting, MemoryMarshal.AsBytes(new ReadOnlySpan<ManagerRequest>(in request)))
            || !Native.TryReadAll(_getting, MemoryMarshal.AsBytes(new Span<int>(ref length))))
        {
            return false;
        }

        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        if (!Native.TryReadAll(_getting, _buffer.AsSpan(0, length)))
        {
            return false;
        }

        message = _buffer.AsSpan(0, length);
        return true;
    }

    public void Close()
    {
        UnixSockets.Shutdown(_putting);
        UnixSockets.Shutdown(_getting);
    }

    public void Dispose() => Descriptors.Close([_putting, _getting]);
}
