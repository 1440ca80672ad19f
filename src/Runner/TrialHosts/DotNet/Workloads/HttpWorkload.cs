using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Brigade.Contracts.Network;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>One HTTP exchange; the whole body is read. Redirects are not followed, no proxy is used, and nothing is decompressed. The result is the status times 2^32 plus the body's length.</summary>
internal class HttpWorkload : IKernel
{
    private const int BufferBytes = 64 * 1024;
    private const string Index = "{index}";

    private readonly TrialHttp _http;
    private readonly AddressRules? _network;
    private readonly HttpMethod _method;
    private readonly Uri? _url;
    private readonly byte[]? _content;
    private readonly Version _version;
    private readonly bool _hasIndexInBody;
    private readonly int _timeoutMs;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private CancellationTokenSource _timeout = new();
    private HttpMessageInvoker? _blocking;
    private HttpMessageInvoker? _asynchronous;

    /// <param name="network">Whom it may connect to; null for anybody.</param>
    /// <exception cref="TrialFailedException">The address or the version is none.</exception>
    public HttpWorkload(TrialHttp http, AddressRules? network = null)
    {
        (_http, _network) = (http, network);
        _method = new HttpMethod(http.Method);
        _url = http.Url.Contains(Index, StringComparison.Ordinal) ? null : Address(http.Url);
        _hasIndexInBody = http.Body?.Contains(Index, StringComparison.Ordinal) == true;
        _content = http.Body is { } body && !_hasIndexInBody ? Encoding.UTF8.GetBytes(body) : null;
        _version = http.Version switch
        {
            "1.1" => HttpVersion.Version11,
            "2" => HttpVersion.Version20,
            _ => throw new TrialFailedException($"The .NET trial host does not speak HTTP/{http.Version}; it speaks 1.1 and 2."),
        };
        _timeoutMs = (int)Math.Max(1, http.TimeoutMs);
    }

    public ulong Run(long index)
    {
        if (_version == HttpVersion.Version20)
        {
            // Many exchanges share a connection, which no single thread can block on.
            return RunAsync(index).AsTask().GetAwaiter().GetResult();
        }

        var timeout = StartTimeout();
        try
        {
            return Fetch(index, timeout);
        }
        catch (Exception exception) when ((exception is OperationCanceledException or IOException or HttpRequestException && timeout.IsCancellationRequested)
            || exception is IOException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut } })
        {
            throw NoAnswer(index);
        }
    }

    public async ValueTask<ulong> RunAsync(long index)
    {
        var timeout = StartTimeout();
        try
        {
            return await FetchAsync(index, timeout);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw NoAnswer(index);
        }
    }

    private ulong Fetch(long index, CancellationToken timeout)
    {
        using var request = Request(index);
        _blocking ??= HttpClients.Of(_timeoutMs, _http.VerifyCertificate, isBlocking: true, _network);
        using var response = _blocking.Send(request, timeout);
        using var body = response.Content.ReadAsStream(timeout);
        long length = 0;
        int read;
        while ((read = body.Read(_buffer, 0, _buffer.Length)) > 0)
        {
            length += read;
            timeout.ThrowIfCancellationRequested(); // a reading that blocks does not heed it, but has the same limit
        }

        return Result(request, response, length);
    }

    private async ValueTask<ulong> FetchAsync(long index, CancellationToken timeout)
    {
        using var request = Request(index);
        _asynchronous ??= HttpClients.Of(_timeoutMs, _http.VerifyCertificate, isBlocking: false, _network);
        using var response = await _asynchronous.SendAsync(request, timeout);
        await using var body = await response.Content.ReadAsStreamAsync(timeout);
        long length = 0;
        int read;
        while ((read = await body.ReadAsync(_buffer, timeout)) > 0)
        {
            length += read;
        }

        return Result(request, response, length);
    }

    private HttpRequestMessage Request(long index)
    {
        var request = new HttpRequestMessage(_method, _url ?? Address(Filled(_http.Url, index))) { Version = _version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (_http.Body is not null)
        {
            request.Content = new ByteArrayContent(_content ?? Encoding.UTF8.GetBytes(Filled(_http.Body, index)));
        }

        foreach (var (name, value) in _http.Headers)
        {
            var filled = Filled(value, index);
            if (!request.Headers.TryAddWithoutValidation(name, filled))
            {
                // It describes a body, which may be an empty one.
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, filled);
            }
        }

        if (!_http.KeepAlive)
        {
            request.Headers.ConnectionClose = true;
        }

        return request;
    }

    private ulong Result(HttpRequestMessage request, HttpResponseMessage response, long length)
    {
        var status = (int)response.StatusCode;
        return _http.ExpectStatus is { } expected && status != expected
            ? throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"{_method} {request.RequestUri} answered with status {status}; {expected} was expected."))
            : unchecked(((ulong)status << 32) + (ulong)length);
    }

    private static string Filled(string text, long index) =>
        text.Contains(Index, StringComparison.Ordinal) ? text.Replace(Index, index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) : text;

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        ? url
        : throw new TrialFailedException($"`{text}` is not an http:// or https:// address.");

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

    private TimeoutException NoAnswer(long index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_url ?? Address(Filled(_http.Url, index))} gave no answer within {_timeoutMs / 1000.0:0.###} s."));
}
