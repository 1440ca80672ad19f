using System.Buffers.Binary;
using System.Net.Sockets;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>A worker's connection to the server process that owns the counts: each call is one round trip.</summary>
internal sealed class CountingClient(Socket connection) : IDisposable
{
    /// <summary>Asks for the sum of all counts instead of adding to one.</summary>
    public const int Total = -1;

    private readonly byte[] _request = new byte[sizeof(int)];
    private readonly byte[] _answer = new byte[sizeof(long)];

    /// <summary>Adds one to an entry.</summary>
    /// <returns>Its count.</returns>
    public long Add(int entry)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_request, entry);
        KernelServer.Write(connection, _request);
        return KernelServer.TryRead(connection, _answer)
            ? BinaryPrimitives.ReadInt64LittleEndian(_answer)
            : throw new IOException("The process that owns the counts closed the connection.");
    }

    public void Dispose() => connection.Dispose();
}
