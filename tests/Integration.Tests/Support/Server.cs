using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Brigade.Integration.Tests.Support;

/// <summary>The server as a process of its own, with its real runner.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    public const string Token = "a-token-for-the-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private HttpClient? _client;

    private Server(string data, string? postgres, string urls)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "--urls", urls, "--Brigade:Cluster:Tick=00:00:00.2", "--Brigade:Cluster:CommitAfter=00:00:00.5", "--Brigade:Cluster:HoldEvery=00:00:00.2"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["BRIGADE_DATA"] = data;
        start.Environment["BRIGADE_TOKEN"] = Token;
        start.Environment["ConnectionStrings__Brigade"] = postgres ?? "";
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Read(_errors, line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The server ended before it was ready: {Errors}"));
    }

    public int ProcessId => _process.Id;

    public HttpClient Client => _client!;

    public string Address => Client.BaseAddress!.AbsoluteUri.TrimEnd('/');

    public string Errors => Text(_errors);

    public static string Program => typeof(Server).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "WebProgram").Value!;

    /// <summary>Starts it and waits for the printed link.</summary>
    public static async Task<Server> StartAsync(string data, string? postgres = null)
    {
        var server = new Server(data, postgres, "http://127.0.0.1:0");
        server.Launch();
        var address = await server._address.Task.WaitAsync(Patience);
        server._client = new HttpClient { BaseAddress = new Uri(address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
        return server;
    }

    /// <summary>Starts one that is expected to refuse; answers its exit code and what it said on standard error.</summary>
    public static async Task<(int ExitCode, string Errors)> RefusedAsync(string data, string urls = "http://127.0.0.1:0", string? postgres = null)
    {
        await using var server = new Server(data, postgres, urls);
        _ = server._address.Task.Exception;
        server.Launch();
        await server._process.WaitForExitAsync().WaitAsync(Patience);
        return (server._process.ExitCode, server.Errors);
    }

    public async Task<Guid> SubmitAsync(string spec)
    {
        using var response = await Client.PostAsync("/api/v1/runs", new StringContent($$"""{ "spec": {{spec}} }""", Encoding.UTF8, "application/json"));
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? Guid.Parse((string)JsonNode.Parse(body)!["id"]!) : throw new InvalidOperationException(body);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Client.GetStringAsync(path))!;

    /// <summary>Asks until a run is as wanted.</summary>
    public async Task<JsonNode> UntilAsync(Guid run, Func<JsonNode, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        JsonNode? last = null;
        try
        {
            do
            {
                last = await GetAsync($"/api/v1/runs/{run}");
                if (wanted(last))
                    return last;
            }
            while (await timer.WaitForNextTickAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }

        throw new TimeoutException($"The run stays {last?["status"]} ({last?["reason"]}), {last?["trialsEnded"]} trials ended. {Errors}");
    }

    public Task<JsonNode> UntilAsync(Guid run, params string[] statuses) => UntilAsync(run, answer => statuses.Contains((string?)answer["status"], StringComparer.Ordinal));

    /// <summary>Waits until a trial of the run has frames that are stored.</summary>
    public async Task UntilMeasuredAsync(Guid run)
    {
        await UntilAsync(run, "running", "completed", "failed");
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await GetAsync($"/api/v1/runs/{run}/frames")).AsArray().Count == 0)
            await timer.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>Opens the stream that a page has, and leaves it open.</summary>
    public async Task<ClientWebSocket> OpenCircuitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {Token}");
        await socket.ConnectAsync(new UriBuilder(Client.BaseAddress!) { Scheme = "ws", Path = "/_blazor" }.Uri, patience.Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var answer = new byte[100];
        var received = await socket.ReceiveAsync(answer, patience.Token);
        return Encoding.UTF8.GetString(answer, 0, received.Count) == "{}\u001e" ? socket : throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
    }

    /// <summary>Presses Ctrl-C and answers how long the end took.</summary>
    public async Task<TimeSpan> InterruptAsync()
    {
        var started = Stopwatch.GetTimestamp();
        _ = Kill(_process.Id, 2);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Waits until it ends by itself; answers its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public static void KillHard(int process) => _ = Kill(process, 9);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await InterruptAsync();
        _process.Dispose();
        _client?.Dispose();
    }

    private void Launch()
    {
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Read(StringBuilder into, string? line)
    {
        if (line is null)
            return;
        lock (into)
            into.AppendLine(line);
        if (Link().Match(line) is { Success: true } match)
            _address.TrySetResult(match.Groups["address"].Value);
    }

    private static string Text(StringBuilder lines)
    {
        lock (lines)
            return lines.ToString();
    }

    [GeneratedRegex(@"^Brigade is ready\. Open (?<address>http://[^/]+)/open/\S+$", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
