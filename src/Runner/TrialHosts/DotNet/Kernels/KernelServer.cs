using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// The hidden verb <c>trial-server</c>: a process beside the workers that some kernels talk to. It writes its port or path when it
/// listens, and ends with its standard input. Each connection has a thread of its own, which is the fastest for a few of them.
/// </summary>
public static class KernelServer
{
    internal const string Verb = "trial-server";

    /// <summary>The address that asks for a free port of the loopback interface.</summary>
    internal const string Tcp = "tcp";

    internal const string EchoKind = "echo";

    internal const string Dictionary = "dictionary";

    internal const string List = "list";

    private const int ThreadBytes = 128 * 1024;

    /// <summary>Serves until the standard input ends.</summary>
    /// <param name="kind">What it does with a connection.</param>
    /// <param name="address"><c>tcp</c>, or the path of a Unix domain socket.</param>
    public static int Run(string kind, string address)
    {
        Native.DieWithParent();
        Native.IgnoreInterrupt();
        var input = Native.TakeInput();
        var output = Native.Take(descriptor: 1, replacement: 2);
        var serve = Handler(kind);
        var listener = Listen(address);
        var name = listener.LocalEndPoint is IPEndPoint point ? point.Port.ToString(CultureInfo.InvariantCulture) : address;
        Native.TryWrite(output, Encoding.UTF8.GetBytes(name + "\n"));
        new Thread(() => Accept(listener, serve), ThreadBytes) { IsBackground = true, Name = "accept" }.Start();
        var ignored = new byte[256];
        while (Native.Read(input, ignored) > 0)
        {
        }

        Native.ExitNow(0);
        return 0;
    }

    /// <summary>Reads exactly so many bytes; false at the end of the connection.</summary>
    internal static bool TryRead(Socket connection, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var read = connection.Receive(target);
            if (read == 0)
            {
                return false;
            }

            target = target[read..];
        }

        return true;
    }

    internal static void Write(Socket connection, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[connection.Send(bytes)..];
        }
    }

    private static Action<Socket> Handler(string kind) => kind switch
    {
        EchoKind => Echo,
        Dictionary => new CountingServer(isList: false).Serve,
        List => new CountingServer(isList: true).Serve,
        _ => throw new ArgumentException($"There is no server of the kind {kind}.", nameof(kind)),
    };

    private static Socket Listen(string address)
    {
        var isTcp = string.Equals(address, Tcp, StringComparison.Ordinal);
        var listener = isTcp ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(isTcp ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(address));
        listener.Listen(1024);
        return listener;
    }

    private static void Accept(Socket listener, Action<Socket> serve)
    {
        while (true)
        {
            var connection = listener.Accept();
            new Thread(() => Serve(connection, serve), ThreadBytes) { IsBackground = true, Name = "connection" }.Start();
        }
    }

    private static void Serve(Socket connection, Action<Socket> serve)
    {
        try
        {
            if (connection.AddressFamily != AddressFamily.Unix)
            {
                connection.NoDelay = true;
            }

            serve(connection);
        }
        catch (SocketException)
        {
            // The worker is gone.
        }
        finally
        {
            connection.Dispose();
        }
    }

    /// <summary>The connection begins with the size of its messages; each is sent back when all of it has come.</summary>
    private static void Echo(Socket connection)
    {
        Span<byte> size = stackalloc byte[sizeof(int)];
        if (!TryRead(connection, size))
        {
            return;
        }

        var message = new byte[BinaryPrimitives.ReadInt32LittleEndian(size)];
        while (TryRead(connection, message))
        {
            Write(connection, message);
        }
    }
}
