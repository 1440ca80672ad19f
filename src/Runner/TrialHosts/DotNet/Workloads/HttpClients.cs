using System.Net;
using System.Net.Sockets;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>One pool of connections for all workers of the process, as in a real program; one more for those that block, where some do and others do not.</summary>
internal static class HttpClients
{
    private static readonly Lock Making = new();
    private static readonly Dictionary<(int TimeoutMs, bool Verify, bool IsBlocking), HttpMessageInvoker> Made = [];

    /// <param name="isBlocking">Whether its users send by calls that block their thread.</param>
    public static HttpMessageInvoker Of(int timeoutMs, bool verifyCertificate, bool isBlocking)
    {
        lock (Making)
        {
            if (!Made.TryGetValue((timeoutMs, verifyCertificate, isBlocking), out var client))
            {
                Made.Add((timeoutMs, verifyCertificate, isBlocking), client = Create(timeoutMs, verifyCertificate, isBlocking));
            }

            return client;
        }
    }

    private static HttpMessageInvoker Create(int timeoutMs, bool verifyCertificate, bool isBlocking)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            EnableMultipleHttp2Connections = true,
        };
        if (isBlocking)
        {
            handler.ConnectCallback = (context, cancellation) => new ValueTask<Stream>(
                Task.Factory.StartNew<Stream>(() => Connect(context.DnsEndPoint, timeoutMs, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }

        if (!verifyCertificate)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }

        return new HttpMessageInvoker(handler);
    }

    /// <summary>
    /// .NET connects without blocking, whoever asks, and a socket that has done so once is watched by a thread of the runtime for ever: each reading that seems to block then
    /// costs two switches more. A socket that has only ever blocked is read by one system call.
    /// </summary>
    private static NetworkStream Connect(DnsEndPoint address, int timeoutMs, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var giveUp = cancellation.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
            socket.Connect(address);

            // Holds for readings that block, which heed no token.
            return new NetworkStream(socket, ownsSocket: true) { ReadTimeout = timeoutMs };
        }
        catch
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }
}
