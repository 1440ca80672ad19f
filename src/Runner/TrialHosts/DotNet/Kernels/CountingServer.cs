using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>The objects that live in a server process for <c>shared.counter</c> and <c>shared.collection</c>, and what a connection asks of them.</summary>
internal sealed class CountingServer(bool isList)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _dictionary = [];
    private readonly List<long> _list = [.. new long[SharedCollection.Entries]];

    /// <summary>Serves one connection to its end.</summary>
    public void Serve(Socket connection)
    {
        Span<byte> request = stackalloc byte[sizeof(int)];
        Span<byte> answer = stackalloc byte[sizeof(long)];
        while (KernelServer.TryRead(connection, request))
        {
            var entry = BinaryPrimitives.ReadInt32LittleEndian(request);
            BinaryPrimitives.WriteInt64LittleEndian(answer, entry == CountingClient.Total ? Sum() : Add(entry));
            KernelServer.Write(connection, answer);
        }
    }

    private long Add(int entry)
    {
        lock (_lock)
        {
            return isList ? ++_list[entry] : ++CollectionsMarshal.GetValueRefOrAddDefault(_dictionary, entry, out _);
        }
    }

    private long Sum()
    {
        lock (_lock)
        {
            return isList ? _list.Sum() : _dictionary.Values.Sum();
        }
    }
}
