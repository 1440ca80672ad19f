using System.Net;
using System.Net.Sockets;

namespace Brigade.Benchmarks;

/// <summary>The least that can answer a GET: one fixed answer over connections that are kept. The same server for all clients that are compared.</summary>
internal sealed class TinyHttpServer : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nContent-Type: text/plain\r\n\r\nHello, world!"u8.ToArray();

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public TinyHttpServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _ = AcceptAsync();
    }

    public string Url => $"http://{_listener.LocalEndPoint}/";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync();
                connection.NoDelay = true;
                _ = ServeAsync(connection);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed: the measurement is over.
        }
    }

    private static async Task ServeAsync(Socket connection)
    {
        using var own = connection;
        var buffer = new byte[4096];
        var length = 0;
        try
        {
            while (await connection.ReceiveAsync(buffer.AsMemory(length)) is var read and > 0)
            {
                length += read;
                if (buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                {
                    length = 0;
                    await connection.SendAsync(Answer);
                }
            }
        }
        catch (SocketException)
        {
            // The client is gone.
        }
    }
}
