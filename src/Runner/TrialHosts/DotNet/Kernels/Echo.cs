using System.Buffers.Binary;
using System.Net.Sockets;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>A worker's side of <c>io.tcp</c> and <c>io.unix-socket</c>: sends a message that begins with the task's index, and waits until it is back.</summary>
internal sealed class Echo : IKernel
{
    private const int MaximumBytes = 16_777_216;

    private readonly Socket _socket;
    private readonly byte[] _message;
    private readonly byte[] _answer;

    private Echo(KernelSettings settings, Func<string, Socket> connect)
    {
        _message = Pattern.Create(settings.Whole("bytes", MaximumBytes));
        _answer = new byte[_message.Length];
        _socket = connect(settings.Scratch);
        Span<byte> size = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(size, _message.Length);
        KernelServer.Write(_socket, size);
    }

    public static Echo OverTcp(KernelSettings settings) => new(settings, ServerFixture.ConnectTcp);

    public static Echo OverUnixSocket(KernelSettings settings) => new(settings, ServerFixture.ConnectUnix);

    public ulong Run(long index)
    {
        WriteIndex(index);
        KernelServer.Write(_socket, _message);
        return KernelServer.TryRead(_socket, _answer) ? Result(index) : throw Closed();
    }

    public async ValueTask<ulong> RunAsync(long index)
    {
        WriteIndex(index);
        for (var sent = 0; sent < _message.Length;)
        {
            sent += await _socket.SendAsync(_message.AsMemory(sent));
        }

        for (var received = 0; received < _answer.Length;)
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(received));
            received += read > 0 ? read : throw Closed();
        }

        return Result(index);
    }

    private static IOException Closed() => new("The echo server closed the connection.");

    private void WriteIndex(long index)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, index);
        bytes[..Math.Min(bytes.Length, _message.Length)].CopyTo(_message);
    }

    private ulong Result(long index) => _answer.AsSpan().SequenceEqual(_message)
        ? unchecked(((ulong)_message.Length * 0x9E3779B97F4A7C15UL) + (ulong)index)
        : throw new IOException("What the echo server sent back is not what was sent.");
}
