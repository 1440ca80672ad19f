using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts;

namespace Brigade.Runner.Remote;

/// <summary>A server, asked over its REST API with one key. Every failure is a <see cref="ServerException"/>.</summary>
internal sealed class ServerClient : IDisposable
{
    public const string Api = "api/v1/";

    private readonly HttpClient _http;

    /// <param name="address">As <see cref="ServerAddress.Parse"/> gives it.</param>
    /// <param name="handler">Of tests; else one that follows no redirect, so that the key reaches nobody else.</param>
    public ServerClient(Uri address, string key, HttpMessageHandler? handler = null)
    {
        Address = address;
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) }) { BaseAddress = address };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"brigade/{typeof(ServerClient).Assembly.GetName().Version?.ToString(3)}");
        try
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
        catch (FormatException exception)
        {
            _http.Dispose();
            throw new ServerException("The key has characters that no key has. Copy it again.", System.Net.HttpStatusCode.Unauthorized, exception);
        }
    }

    public Uri Address { get; }

    /// <summary>The address of a page.</summary>
    public string Page(string path) => ServerProblem.Shown(Address) + path;

    /// <param name="path">Below <see cref="Api"/>.</param>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Api + path), HttpCompletionOption.ResponseHeadersRead, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    /// <summary>Sends a body and reads the answer.</summary>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, JsonNode? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, Api + path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    /// <summary>Sends a file as it is.</summary>
    public async Task<T> UploadAsync<T>(string path, Stream file, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api + path) { Content = new StreamContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    public async Task<string> TextAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Api + path), HttpCompletionOption.ResponseContentRead, cancellation);
        return await GuardedAsync(() => response.Content.ReadAsStringAsync(cancellation), cancellation);
    }

    /// <summary>Opens a stream of events; without content where there are no more of them. The caller disposes the answer.</summary>
    public async Task<HttpResponseMessage> EventsAsync(string path, string lastEventId, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Api + path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId.Length > 0)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation) => GuardedAsync(
        async () => await response.Content.ReadFromJsonAsync<T>(BrigadeJson.Options, cancellation) ?? throw new JsonException("null"), cancellation);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellation)
    {
        var response = await GuardedAsync(() => _http.SendAsync(request, completion, cancellation), cancellation);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await GuardedAsync(() => ServerProblem.OfAsync(Address, response, cancellation), cancellation);
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ServerException($"{ServerProblem.Shown(Address)} does not answer: {Cause(exception)}. Is the address right, and does the server run?", inner: exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerException($"{ServerProblem.Shown(Address)} does not answer in time.", inner: exception);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new ServerException($"What {ServerProblem.Shown(Address)} answers cannot be read; use the same version of 'brigade' and of the server.", System.Net.HttpStatusCode.OK, exception);
        }
    }

    private static string Cause(Exception exception) => (exception.InnerException ?? exception).Message.TrimEnd('.');
}
