using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The two pipes between the host and a worker process, seen from one side: blocking, one thread at a time, one system call for many messages.</summary>
internal sealed class BlockingPipe(int input, int output)
{
    private readonly byte[] _read = new byte[64 * 1024];
    private int _start;
    private int _end;
    private byte[] _written = new byte[4096];
    private int _length;

    /// <summary>Whether a read would find something without asking the system.</summary>
    public bool HasBuffered => _start < _end;

    /// <summary>Reads exactly so many bytes; false at the end of the input.</summary>
    public bool TryRead(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            if (_start == _end)
            {
                // A long payload goes straight to its place.
                var direct = target.Length >= _read.Length;
                var read = Native.Read(input, direct ? target : _read);
                if (read == 0)
                {
                    return false;
                }

                if (direct)
                {
                    target = target[read..];
                    continue;
                }

                (_start, _end) = (0, read);
            }

            var part = Math.Min(target.Length, _end - _start);
            _read.AsSpan(_start, part).CopyTo(target);
            _start += part;
            target = target[part..];
        }

        return true;
    }

    public bool TryRead<T>(out T message)
        where T : unmanaged
    {
        Unsafe.SkipInit(out message);
        return TryRead(MemoryMarshal.AsBytes(new Span<T>(ref message)));
    }

    /// <summary>Adds bytes to what the next <see cref="TryFlush"/> writes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_written.Length - _length < bytes.Length)
        {
            Array.Resize(ref _written, Math.Max(_length + bytes.Length, _written.Length * 2));
        }

        bytes.CopyTo(_written.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Write<T>(T message)
        where T : unmanaged => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message)));

    /// <summary>Writes everything; false where the other end is closed.</summary>
    public bool TryFlush()
    {
        var isWritten = Native.TryWrite(output, _written.AsSpan(0, _length));
        _length = 0;
        return isWritten;
    }
}
