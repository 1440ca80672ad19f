using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Brigade.Benchmarks;

/// <summary>
/// A viewer of a run without a browser: it opens the page, starts its circuit, acknowledges what is rendered, answers calls and listens to the charts' socket as a browser's scripts would, and notes
/// when the data of each frame arrives. What drawing costs is left out, so that hundreds of them fit on one machine.
/// </summary>
internal sealed partial class Viewer : IAsyncDisposable
{
    private const int ReturnsObject = 1;

    /// <summary>As <c>feed.js</c>.</summary>
    private const int AcknowledgedTogether = 8;

    private readonly HubConnection _connection;
    private readonly ClientWebSocket _socket = new();
    private readonly Uri _server;
    private readonly double[] _arrived;
    private readonly TaskCompletionSource _isWatching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hasAll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _objects;

    private Viewer(Uri server, CookieContainer cookies, int frames)
    {
        _server = server;
        _arrived = new double[frames];
        _socket.Options.Cookies = cookies;
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, "/_blazor"), HttpTransportType.WebSockets, options =>
        {
            options.Cookies = cookies;
            options.SkipNegotiation = true;
        });
        builder.Services.RemoveAll<Microsoft.AspNetCore.SignalR.Protocol.IHubProtocol>();
        builder.Services.AddSingleton<Microsoft.AspNetCore.SignalR.Protocol.IHubProtocol>(new BlazorPack());
        _connection = builder.Build();
        _connection.On<long, byte[]>("JS.RenderBatch", (batch, _) => _connection.SendAsync("OnRenderCompleted", batch, null));
        _connection.On<long, string, string?, int, long, int>("JS.BeginInvokeJS", CalledAsync);
        _connection.On<string>("JS.Error", message => Fail(new InvalidOperationException($"The circuit failed: {message}")));
        _connection.Closed += exception =>
        {
            Fail(exception ?? new InvalidOperationException("The circuit was closed."));
            return Task.CompletedTask;
        };
    }

    /// <summary>When each frame had arrived, in milliseconds since 1970.</summary>
    public IReadOnlyList<double> Arrived => _arrived;

    /// <summary>Completes when all frames have arrived.</summary>
    public Task HasAll => _hasAll.Task;

    /// <summary>Opens the page of a run and waits until its charts are there.</summary>
    public static async Task<Viewer> OpenAsync(HttpClient http, CookieContainer cookies, LiveRun run, int frames)
    {
        var page = run.Page;
        var viewer = new Viewer(page, cookies, frames);
        try
        {
            var html = await http.GetStringAsync(page);
            await viewer._connection.StartAsync();
            if (await viewer._connection.InvokeAsync<string?>("StartCircuit", new Uri(page, "/").ToString(), page.ToString(), "[]", "") is null)
            {
                throw new InvalidOperationException("The server did not start a circuit.");
            }

            var added = Markers().Matches(html).Select((marker, index) => new JsonObject { ["type"] = "add", ["ssrComponentId"] = index + 1, ["marker"] = JsonNode.Parse(marker.Groups["value"].Value) });
            var state = State().Match(html) is { Success: true } found ? found.Groups["value"].Value : "";
            await viewer._connection.SendAsync("UpdateRootComponents", new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray([.. added]) }.ToJsonString(), state);
            await viewer._isWatching.Task.WaitAsync(TimeSpan.FromSeconds(60));
            return viewer;
        }
        catch
        {
            await viewer.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _socket.Dispose();
    }

    private void Fail(Exception exception)
    {
        _isWatching.TrySetException(exception);
        _hasAll.TrySetException(exception);
    }

    /// <summary>The server calls a function of a script.</summary>
    private async Task CalledAsync(long handle, string function, string? arguments, int returns, long target, int kind)
    {
        if (function is "append")
        {
            using var document = JsonDocument.Parse(arguments!);
            Note(document.RootElement[0]);
        }

        if (handle != 0)
        {
            var result = returns == ReturnsObject ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref _objects)}}}"""
                : function is "timeZone" ? "\"Europe/Berlin\""
                : function is "themeChoice" ? "\"system\""
                : "null";
            await _connection.SendAsync("EndInvokeJSFromDotNet", handle, true, string.Create(CultureInfo.InvariantCulture, $"[{handle},true,{result}]"));
        }

        if (function is "listen")
        {
            _ = ListenAsync(JsonNode.Parse(arguments!)![0]!.GetValue<string>());
        }
    }

    private async Task ListenAsync(string path)
    {
        try
        {
            var address = new UriBuilder(new Uri(_server, path)) { Scheme = Uri.UriSchemeWs };
            await _socket.ConnectAsync(address.Uri, CancellationToken.None);
            _isWatching.TrySetResult();
            var buffer = new byte[1024 * 1024];
            for (var taken = 1; ; taken++)
            {
                var length = 0;
                while (await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None) is var part)
                {
                    length += part.Count;
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        return;
                    }

                    if (part.EndOfMessage)
                    {
                        break;
                    }
                }

                using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
                Note(document.RootElement);
                if (taken % AcknowledgedTogether == 0)
                {
                    await _socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            Fail(exception);
        }
    }

    private void Note(JsonElement message)
    {
        var now = LiveRun.Now;
        foreach (var batch in message.GetProperty("batches").EnumerateArray())
        {
            var from = batch.GetProperty("from").GetInt32();
            var last = Math.Min(_arrived.Length, from + batch.GetProperty("tasks").GetArrayLength());
            for (var frame = from; frame < last; frame++)
            {
                _arrived[frame] = _arrived[frame] == 0 ? now : _arrived[frame];
            }

            if (last == _arrived.Length)
            {
                _hasAll.TrySetResult();
            }
        }
    }

    [GeneratedRegex("<!--Blazor:(?<value>{\"type\":\"server\".*?})-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<value>.*?)-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex State();
}
