using System.Net;
using System.Net.Sockets;
using Brigade.Contracts.Network;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>One pool of connections for all workers of the process, as in a real program; one more for those that block, where some do and others do not.</summary>
internal static class HttpClients
{
    private static readonly Lock Making = new();
    private static readonly Dictionary<(int TimeoutMs, bool Verify, bool IsBlocking, AddressRules? Network), HttpMessageInvoker> Made = [];

    /// <param name="isBlocking">Whether its users send by calls that block their thread.</param>
    /// <param name="network">Whom they may connect to; null for anybody.</param>
    public static HttpMessageInvoker Of(int timeoutMs, bool verifyCertificate, bool isBlocking, AddressRules? network)
    {
        lock (Making)
        {
            if (!Made.TryGetValue((timeoutMs, verifyCertificate, isBlocking, network), out var client))
            {
                Made.Add((timeoutMs, verifyCertificate, isBlocking, network), client = Create(timeoutMs, verifyCertificate, isBlocking, network));
            }

            return client;
        }
    }

    private static HttpMessageInvoker Create(int timeoutMs, bool verifyCertificate, bool isBlocking, AddressRules? network)
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
                Task.Factory.StartNew<Stream>(() => Connect(context.DnsEndPoint, timeoutMs, network, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }
        else if (network is not null)
        {
            handler.ConnectCallback = new GuardedConnector(() => network).ConnectAsync;
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
    private static NetworkStream Connect(DnsEndPoint address, int timeoutMs, AddressRules? network, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var giveUp = cancellation.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
            if (network is null)
            {
                socket.Connect(address);
            }
            else
            {
                // To an address that was judged, not to the name, which may mean another one by now.
                socket.Connect(GuardedConnector.Permitted(network, address.Host, address.Port, Dns.GetHostAddresses(address.Host)), address.Port);
            }

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
