using System.Buffers.Binary;
using Brigade.Contracts.Spec;
using Brigade.Runner.TrialHosts.DotNet.Children;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// <c>ipc.transfer</c>: sends a message through a channel to a process of the worker's own, one way or there and back. One way, a task
/// ends when the channel has taken the message, which waits where the other process does not keep up.
/// </summary>
internal sealed class IpcTransfer : IKernel, IDisposable
{
    public const int MaximumBytes = 67_108_864;

    private readonly PeerProcess _peer;
    private readonly byte[] _order;
    private readonly byte[] _message;

    public IpcTransfer(KernelSettings settings)
    {
        _message = Pattern.Create(settings.Whole("bytes", MaximumBytes));
        _order = [(byte)(settings.Choice("mode") is "round-trip" ? PeerOrder.SendBack : PeerOrder.Take)];
        var channel = settings.Choice("channel") switch
        {
            "pipe" => Channel.Pipe,
            "queue" => Channel.Queue,
            "manager" => Channel.Manager,
            _ => Channel.SharedMemory,
        };
        _peer = PeerProcess.Start(channel, _message.Length);
        WaitUntilUp();
    }

    public ulong Run(long index)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, index);
        bytes[..Math.Min(bytes.Length, _message.Length)].CopyTo(_message);
        if (!_peer.Link.TrySend(_order, _message))
        {
            throw Gone();
        }

        if (_order[0] == (byte)PeerOrder.SendBack)
        {
            if (!_peer.Link.TryReceive(out var answer))
            {
                throw Gone();
            }

            if (!answer.SequenceEqual(_message))
            {
                throw new IOException("What the other process sent back is not what was sent.");
            }
        }

        return unchecked(((ulong)_message.Length * 0x9E3779B97F4A7C15UL) + (ulong)index);
    }

    public void Dispose() => _peer.Dispose();

    private void WaitUntilUp()
    {
        if (!_peer.Link.TrySend([(byte)PeerOrder.SendBack], [0]) || !_peer.Link.TryReceive(out _))
        {
            throw new TrialFailedException("ipc.transfer: the process at the other end of the channel did not start; standard error says why.");
        }
    }

    private static IOException Gone() => new("The process at the other end of the channel has ended.");
}
