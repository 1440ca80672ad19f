using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>
/// <c>queue</c>: one queue of tasks and one of results in the system, at each of which any number of processes may send and receive:
/// each message goes to one of those that wait. Messages are whole whatever happens to a process in the middle of one.
/// </summary>
internal sealed class QueueLink : ILink
{
    /// <summary>The system lays a message into one piece of its memory, which it does not have in any length.</summary>
    private const int Longest = (1024 + 256) * 1024;

    /// <summary>So that an empty message is not taken for the end; eight bytes, so that what follows is aligned.</summary>
    private static readonly byte[] Prefix = new byte[8];

    private readonly int _input;
    private readonly int _output;
    private readonly byte[] _buffer;

    private QueueLink(int input, int output, int mostBytes)
    {
        (_input, _output, MostBytes) = (input, output, mostBytes);
        _buffer = new byte[Prefix.Length + mostBytes];
    }

    public int MostBytes { get; }

    public static LinkPair Open(int mostBytes)
    {
        var (nearOutput, farInput) = UnixSockets.MessagePair();
        var (nearInput, farOutput) = UnixSockets.MessagePair();
        var wanted = Math.Min(mostBytes, Longest) + Prefix.Length;
        var granted = Math.Min(UnixSockets.RaiseLongestMessage(nearOutput, wanted), UnixSockets.RaiseLongestMessage(farOutput, wanted)) - Prefix.Length;
        var most = Math.Min(Longest, granted);
        var near = new QueueLink(nearInput, nearOutput, most);
        return new LinkPair(near, string.Create(CultureInfo.InvariantCulture, $"queue:{most}"), [farInput, farOutput])
        {
            Far = new QueueLink(farInput, farOutput, most),
        };
    }

    public static QueueLink Connect(int mostBytes) => new(ChannelRegistry.FirstDescriptor, ChannelRegistry.FirstDescriptor + 1, mostBytes);

    public bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default)
    {
        var length = (long)head.Length + body.Length;
        return length <= MostBytes ? UnixSockets.TrySendMessage(_output, Prefix, head, body) : throw ChannelRegistry.TooLong(Channel.Queue, length, MostBytes);
    }

    public bool TryReceive(out ReadOnlySpan<byte> message)
    {
        var length = UnixSockets.ReceiveMessage(_input, _buffer);
        message = length == 0 ? default : _buffer.AsSpan(Prefix.Length, length - Prefix.Length);
        return length > 0;
    }

    public void Close()
    {
        UnixSockets.Shutdown(_input);
        UnixSockets.Shutdown(_output);
    }

    public void Dispose() => Descriptors.Close([_input, _output]);
}
