using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>Sockets between processes of one machine, by blocking calls.</summary>
internal static unsafe partial class UnixSockets
{
    private const int Family = 1;
    private const int Stream = 1;
    private const int SequencedPackets = 5;
    private const int CloseOnExec = 0x80000;
    private const int SocketLevel = 1;
    private const int SendBuffer = 7;
    private const int PeerCredentials = 17;
    private const int NoSignal = 0x4000;
    private const int BothWays = 2;
    private const int InterruptedCall = 4;
    private const int MessageTooLong = 90;
    private const int NoBufferSpace = 105;
    private const int Backlog = 512;
    private const int PathBytes = 108;

    /// <summary>For some short messages that wait.</summary>
    private const int LeastRoom = 256 * 1024;

    /// <summary>Two connected sockets that carry whole messages; any number of processes may send and receive at each.</summary>
    public static (int A, int B) MessagePair()
    {
        var pair = stackalloc int[2];
        return SocketPair(Family, SequencedPackets | CloseOnExec, 0, pair) < 0 ? throw Failed() : (Descriptors.MoveUp(pair[0]), Descriptors.MoveUp(pair[1]));
    }

    /// <summary>Asks for room for messages of this length, and gives the longest that the system grants.</summary>
    public static int RaiseLongestMessage(int socket, int bytes)
    {
        // The system doubles what is asked for, for its own use, and keeps a little from each message.
        const int Kept = 256;
        var wanted = (Math.Max(bytes, LeastRoom) / 2) + Kept;
        _ = SetOption(socket, SocketLevel, SendBuffer, &wanted, sizeof(int));
        int granted;
        var size = sizeof(int);
        return GetOption(socket, SocketLevel, SendBuffer, &granted, &size) < 0 ? throw Failed() : granted - Kept;
    }

    /// <summary>Sends one message of several parts; false where the other end is gone.</summary>
    /// <exception cref="TrialFailedException">The system has no memory for a message of this length.</exception>
    public static bool TrySendMessage(int socket, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c)
    {
        fixed (byte* startA = a, startB = b, startC = c)
        {
            var parts = stackalloc Part[3];
            (parts[0], parts[1], parts[2]) = (new Part(startA, a.Length), new Part(startB, b.Length), new Part(startC, c.Length));
            var message = new MessageHeader { Parts = parts, PartCount = 3 };
            while (SendMessage(socket, &message, NoSignal) < 0)
            {
                switch (Marshal.GetLastPInvokeError())
                {
                    case InterruptedCall:
                        continue;
                    case MessageTooLong or NoBufferSpace:
                        throw new TrialFailedException($"the system has no room for a message of {a.Length + b.Length + c.Length:N0} bytes in a queue; use a smaller payloadBytes or chunkSize, or another channel.");
                    default:
                        return false;
                }
            }

            return true;
        }
    }

    /// <summary>Receives one message; its length, or 0 where the other end is gone.</summary>
    public static int ReceiveMessage(int socket, Span<byte> target)
    {
        fixed (byte* start = target)
        {
            nint received;
            do
            {
                received = Receive(socket, start, target.Length, 0);
            }
            while (received < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);

            return (int)Math.Max(0, received);
        }
    }

    /// <summary>Listens for connections under a name that no file stands for, and that is gone with the socket.</summary>
    public static int Listen(string name)
    {
        var socket = Create(Family, Stream | CloseOnExec, 0);
        var address = Address(name, out var length);
        return socket < 0 || Bind(socket, &address, length) < 0 || Listen(socket, Backlog) < 0 ? throw Failed() : Descriptors.MoveUp(socket);
    }

    /// <summary>Waits for the next connection of the same user; negative where the socket is gone.</summary>
    public static int Accept(int listener)
    {
        while (true)
        {
            var socket = Accept(listener, null, null, CloseOnExec);
            if (socket < 0 && Marshal.GetLastPInvokeError() == InterruptedCall)
            {
                continue;
            }

            if (socket < 0 || IsOwn(socket))
            {
                return socket;
            }

            Descriptors.Close([socket]);
        }
    }

    /// <exception cref="TrialFailedException">Nobody listens.</exception>
    public static int Connect(string name)
    {
        var socket = Create(Family, Stream | CloseOnExec, 0);
        var address = Address(name, out var length);
        return socket < 0 || Connect(socket, &address, length) < 0 ? throw Failed() : Descriptors.MoveUp(socket);
    }

    /// <summary>Ends what waits at the socket, in this and other processes.</summary>
    public static void Shutdown(int socket) => _ = Shutdown(socket, BothWays);

    private static bool IsOwn(int socket)
    {
        var credentials = stackalloc uint[3];
        var size = 3 * sizeof(uint);
        return GetOption(socket, SocketLevel, PeerCredentials, credentials, &size) == 0 && credentials[1] == UserId();
    }

    private static SocketAddress Address(string name, out int length)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var address = new SocketAddress { Family = Family };
        bytes.AsSpan().CopyTo(new Span<byte>(address.Path + 1, PathBytes - 1));
        length = sizeof(short) + 1 + bytes.Length;
        return address;
    }

    private static TrialFailedException Failed() => new($"The system gives no socket: {new Win32Exception().Message}.");

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Create(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int family, int type, int protocol, int* pair);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, SocketAddress* address, int length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int Listen(int socket, int backlog);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int Accept(int socket, void* address, int* length, int flags);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int socket, SocketAddress* address, int length);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    private static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int name, void* value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int socket, int level, int name, void* value, int* length);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Part(byte* start, nint length)
    {
        private readonly byte* _start = start;
        private readonly nint _length = length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public void* Name;
        public int NameLength;
        public Part* Parts;
        public nint PartCount;
        public void* Control;
        public nint ControlLength;
        public int Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SocketAddress
    {
        public short Family;
        public fixed byte Path[PathBytes];
    }
}
