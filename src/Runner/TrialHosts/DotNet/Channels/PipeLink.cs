using System.Buffers.Binary;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary><c>pipe</c>: two pipes, one for each way, read and written by blocking calls: one for many short messages where many wait.</summary>
internal sealed class PipeLink : ILink
{
    private const int LengthBytes = sizeof(int);

    /// <summary>Up to this length a message is put together for one call.</summary>
    private const int MostTogether = 36 * 1024;

    private readonly int _input;
    private readonly int _output;
    private readonly Lock _closing = new();
    private int[] _far;
    private bool _isDisposed;
    private byte[] _read = new byte[64 * 1024];
    private int _start;
    private int _end;
    private readonly byte[] _written = new byte[LengthBytes + MostTogether];

    /// <param name="far">The child's ends: while this process has them open too, only <see cref="Close"/> ends a wait.</param>
    private PipeLink(int input, int output, int[] far) => (_input, _output, _far) = (input, output, far);

    public int MostBytes => int.MaxValue / 2;

    public static LinkPair Open()
    {
        var (childInput, output) = Descriptors.Pipe();
        var (input, childOutput) = Descriptors.Pipe();
        return new LinkPair(new PipeLink(input, output, [childInput, childOutput]), "pipe", [childInput, childOutput]);
    }

    public static PipeLink Connect() => Over(ChannelRegistry.FirstDescriptor, ChannelRegistry.FirstDescriptor + 1);

    /// <summary>A link over two pipes that are there already.</summary>
    public static PipeLink Over(int input, int output) => new(input, output, []);

    public bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default)
    {
        var length = (long)head.Length + body.Length;
        if (length > MostBytes)
        {
            throw ChannelRegistry.TooLong(Channel.Pipe, length, MostBytes);
        }

        BinaryPrimitives.WriteInt32LittleEndian(_written, (int)length);
        if (length <= MostTogether)
        {
            head.CopyTo(_written.AsSpan(LengthBytes));
            body.CopyTo(_written.AsSpan(LengthBytes + head.Length));
            return Native.TryWrite(_output, _written.AsSpan(0, LengthBytes + (int)length));
        }

        var together = Math.Min(head.Length, MostTogether);
        head[..together].CopyTo(_written.AsSpan(LengthBytes));
        return Native.TryWrite(_output, _written.AsSpan(0, LengthBytes + together))
            && Native.TryWrite(_output, head[together..])
            && Native.TryWrite(_output, body);
    }

    public bool TryReceive(out ReadOnlySpan<byte> message)
    {
        message = default;
        if (!TryFill(LengthBytes))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_read.AsSpan(_start));
        if (!TryFill(LengthBytes + length))
        {
            return false;
        }

        message = _read.AsSpan(_start + LengthBytes, length);
        _start += LengthBytes + length;
        return true;
    }

    public void Close()
    {
        lock (_closing)
        {
            Descriptors.Close(_far);
            _far = [];
        }
    }

    public void Dispose()
    {
        Close();
        if (!_isDisposed)
        {
            _isDisposed = true;
            Descriptors.Close([_input, _output]);
        }
    }

    /// <summary>Reads until so many bytes lie at the start.</summary>
    private bool TryFill(int count)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        if (_read.Length - _start < count)
        {
            var target = _read.Length < count ? new byte[count + LengthBytes] : _read;
            _read.AsSpan(_start, _end - _start).CopyTo(target);
            (_read, _start, _end) = (target, 0, _end - _start);
        }

        while (_end - _start < count)
        {
            var read = Native.Read(_input, _read.AsSpan(_end));
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }
}
