using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Brigade.Benchmarks;

/// <summary>
/// A viewer of a run without a browser: it opens the page, starts its circuit, acknowledges what is rendered and answers calls as a browser's scripts would, and notes when the
/// data of each frame arrives. What drawing costs is left out, so that hundreds of them fit on one machine.
/// </summary>
internal sealed partial class Viewer : IAsyncDisposable
{
    private const int ReturnsObject = 1;

    private readonly HubConnection _connection;
    private readonly double[] _arrived;
    private readonly TaskCompletionSource _isWatching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hasAll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _objects;

    private Viewer(Uri server, CookieContainer cookies, int frames)
    {
        _arrived = new double[frames];
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

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

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
            Note(arguments!);
        }

        if (handle != 0)
        {
            var result = returns == ReturnsObject ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref _objects)}}}"""
                : function is "timeZone" ? "\"Europe/Berlin\""
                : function is "themeChoice" ? "\"system\""
                : "null";
            await _connection.SendAsync("EndInvokeJSFromDotNet", handle, true, string.Create(CultureInfo.InvariantCulture, $"[{handle},true,{result}]"));
        }

        if (function is "structure")
        {
            _isWatching.TrySetResult();
        }
    }

    private void Note(string arguments)
    {
        var now = LiveRun.Now;
        using var document = JsonDocument.Parse(arguments);
        foreach (var batch in document.RootElement[0].GetProperty("batches").EnumerateArray())
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
