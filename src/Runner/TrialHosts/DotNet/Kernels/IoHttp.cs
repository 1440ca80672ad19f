using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>io.http</c>: fetches a URL with GET and reads the whole body; connections are kept. Any status is a result; redirects are not followed.</summary>
internal sealed class IoHttp : IKernel
{
    private const int BufferBytes = 64 * 1024;
    private const int TimeoutMs = 30_000;

    // One pool of connections for all workers of the process, as in a real program.
    private static readonly HttpMessageInvoker Client = CreateClient(TimeoutMs);

    private readonly HttpMessageInvoker _client;
    private readonly int _timeoutMs;
    private readonly Uri _url;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private CancellationTokenSource _timeout = new();

    public IoHttp(KernelSettings settings, int timeoutMs = TimeoutMs)
    {
        _timeoutMs = timeoutMs;
        _client = timeoutMs == TimeoutMs ? Client : CreateClient(timeoutMs);
        var text = settings.Text("url");
        _url = Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new TrialFailedException($"io.http: the parameter `url` is `{text}`; it has to be an http:// or https:// address.");
    }

    public ulong Run(long index)
    {
        var timeout = StartTimeout();
        try
        {
            return Fetch(timeout);
        }
        catch (Exception exception) when ((exception is OperationCanceledException or IOException or HttpRequestException && timeout.IsCancellationRequested)
            || exception is IOException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut } })
        {
            throw NoAnswer();
        }
    }

    public async ValueTask<ulong> RunAsync(long index)
    {
        var timeout = StartTimeout();
        try
        {
            return await FetchAsync(timeout);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw NoAnswer();
        }
    }

    private ulong Fetch(CancellationToken timeout)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _url);
        using var response = _client.Send(request, timeout);
        using var body = response.Content.ReadAsStream();
        long length = 0;
        int read;
        while ((read = body.Read(_buffer, 0, _buffer.Length)) > 0)
        {
            length += read;
            timeout.ThrowIfCancellationRequested(); // a reading that blocks does not heed it, but has the same limit
        }

        return Result(response, length);
    }

    private async ValueTask<ulong> FetchAsync(CancellationToken timeout)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _url);
        using var response = await _client.SendAsync(request, timeout);
        await using var body = await response.Content.ReadAsStreamAsync(timeout);
        long length = 0;
        int read;
        while ((read = await body.ReadAsync(_buffer, timeout)) > 0)
        {
            length += read;
        }

        return Result(response, length);
    }

    /// <summary>One source for one task after the other, unless it was used up.</summary>
    private CancellationToken StartTimeout()
    {
        if (!_timeout.TryReset())
        {
            _timeout = new CancellationTokenSource();
        }

        _timeout.CancelAfter(_timeoutMs);
        return _timeout.Token;
    }

    private TimeoutException NoAnswer() => new(string.Create(CultureInfo.InvariantCulture, $"{_url} gave no answer within {_timeoutMs / 1000.0:0.###} s."));

    private static HttpMessageInvoker CreateClient(int timeoutMs) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        PlaintextStreamFilter = (connection, _) =>
        {
            // Holds for readings that block; the others have the token.
            connection.PlaintextStream.ReadTimeout = timeoutMs;
            return ValueTask.FromResult(connection.PlaintextStream);
        },
    });

    private static ulong Result(HttpResponseMessage response, long length) => unchecked(((ulong)response.StatusCode << 32) + (ulong)length);
}
