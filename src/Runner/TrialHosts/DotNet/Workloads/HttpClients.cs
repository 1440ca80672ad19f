using System.Net;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>One pool of connections for all workers of the process, as in a real program.</summary>
internal static class HttpClients
{
    private static readonly Lock Making = new();
    private static readonly Dictionary<(int TimeoutMs, bool Verify), HttpMessageInvoker> Made = [];

    public static HttpMessageInvoker Of(int timeoutMs, bool verifyCertificate)
    {
        lock (Making)
        {
            if (!Made.TryGetValue((timeoutMs, verifyCertificate), out var client))
            {
                Made.Add((timeoutMs, verifyCertificate), client = Create(timeoutMs, verifyCertificate));
            }

            return client;
        }
    }

    private static HttpMessageInvoker Create(int timeoutMs, bool verifyCertificate)
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
            PlaintextStreamFilter = (connection, _) =>
            {
                // Holds for readings that block; the others have the token.
                if (connection.PlaintextStream.CanTimeout)
                {
                    connection.PlaintextStream.ReadTimeout = timeoutMs;
                }

                return ValueTask.FromResult(connection.PlaintextStream);
            },
        };
        if (!verifyCertificate)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }

        return new HttpMessageInvoker(handler);
    }
}
