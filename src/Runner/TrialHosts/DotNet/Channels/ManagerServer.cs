using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Brigade.Runner.TrialHosts.DotNet.Children;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

internal enum ManagerOperation : byte
{
    /// <summary>The bytes of a message follow; the answer is one byte.</summary>
    Put,

    /// <summary>The answer is a message with its length in front, as soon as there is one.</summary>
    Get,
}

internal enum ManagerQueue : byte
{
    Tasks,
    Results,
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ManagerRequest(ManagerOperation Operation, ManagerQueue Queue, int Length);

/// <summary>The server process of the channel <c>manager</c> (the hidden verb <c>trial-manager</c>): a thread for each connection, as Python's manager has.</summary>
internal sealed class ManagerServer : IDisposable
{
    private readonly ChildProcess _process;

    private ManagerServer(ChildProcess process) => _process = process;

    /// <summary>Starts it; it ends when it is disposed or this process ends.</summary>
    /// <param name="listener">The socket that its clients connect to.</param>
    public static ManagerServer Start(int listener) => new(ChildProcess.Start(["trial-manager"], [listener]));

    public void Dispose()
    {
        _process.Kill();
        _process.DescribeEnd();
        _process.Dispose();
    }

    /// <summary>The verb.</summary>
    internal static int Run()
    {
        Native.IgnoreInterrupt();
        ParentWatch.Start();
        var queues = new[] { new MessageQueue(), new MessageQueue() };
        while (UnixSockets.Accept(ChannelRegistry.FirstDescriptor) is >= 0 and var client)
        {
            new Thread(() => Serve(client, queues), 256 * 1024) { IsBackground = true }.Start();
        }

        return 0;
    }

    private static void Serve(int client, MessageQueue[] queues)
    {
        Span<byte> request = stackalloc byte[Unsafe.SizeOf<ManagerRequest>()];
        while (Native.TryReadAll(client, request) && TryAnswer(client, MemoryMarshal.Read<ManagerRequest>(request), queues))
        {
        }

        Descriptors.Close([client]);
    }

    private static bool TryAnswer(int client, ManagerRequest request, MessageQueue[] queues)
    {
        var queue = queues[(int)request.Queue];
        if (request.Operation == ManagerOperation.Put)
        {
            var message = new byte[sizeof(int) + request.Length];
            MemoryMarshal.Write(message, request.Length);
            if (!Native.TryReadAll(client, message.AsSpan(sizeof(int))))
            {
                return false;
            }

            queue.Put(message);
            return Native.TryWrite(client, [1]);
        }

        var next = queue.Get();
        if (Native.TryWrite(client, next))
        {
            return true;
        }

        // Who asked for it is gone: it is the next one's.
        queue.PutFirst(next);
        return false;
    }

    private sealed class MessageQueue
    {
        private readonly LinkedList<byte[]> _messages = new();

        public void Put(byte[] message)
        {
            lock (_messages)
            {
                _messages.AddLast(message);
                Monitor.Pulse(_messages);
            }
        }

        public void PutFirst(byte[] message)
        {
            lock (_messages)
            {
                _messages.AddFirst(message);
                Monitor.Pulse(_messages);
            }
        }

        public byte[] Get()
        {
            lock (_messages)
            {
                while (_messages.Count == 0)
                {
                    Monitor.Wait(_messages);
                }

                var first = _messages.First!.Value;
                _messages.RemoveFirst();
                return first;
            }
        }
    }
}
