using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Brigade.Integration.Tests.Support;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>The command line against a real server with its real runner, as a pipeline uses them.</summary>
[SupportedOSPlatform("linux")]
public sealed class AutomationTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _home = new();
    private readonly CommandLine _brigade;
    private Server _server = null!;

    public AutomationTests() => _brigade = new CommandLine(_home.Path);

    public async ValueTask InitializeAsync() => _server = await Server.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Login_KeyFromInput_IsVerifiedKeptAndUsed()
    {
        var (wrongCode, _, wrong) = await _brigade.RunAsync($"login --server {_server.Address}", input: "not-a-key-of-this-server");
        Assert.Equal(2, wrongCode);
        Assert.Contains("does not know this key", wrong, StringComparison.Ordinal);
        var (noneCode, _, none) = await _brigade.RunAsync($"compare {Guid.NewGuid()} {Guid.NewGuid()} --server {_server.Address}");
        Assert.Equal(2, noneCode);
        Assert.Contains("brigade login --server", none, StringComparison.Ordinal);

        var (code, output, errors) = await _brigade.RunAsync($"login --server {_server.Address}/", input: Server.Token);

        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain(Server.Token, output, StringComparison.Ordinal);
        var file = Path.Combine(_brigade.Configuration, "brigade", "credentials.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var (unknown, _, why) = await _brigade.RunAsync($"compare {Guid.NewGuid()} {Guid.NewGuid()} --server {_server.Address}");
        Assert.Equal(2, unknown);
        Assert.Contains("There is no such run.", why, StringComparison.Ordinal);
        Assert.Equal(0, (await _brigade.RunAsync($"logout --server {_server.Address}")).Code);
        Assert.Equal("{}", JsonNode.Parse(await File.ReadAllTextAsync(file))!["keys"]!.ToJsonString());
    }

    [Fact]
    public async Task Login_WithAnApiKey_SaysWhoseItIsAndWhatItMay()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_server.Address) };
        client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", Server.Token);
        using var made = await client.PostAsync("/api/v1/keys", new StringContent("""{ "name": "pipeline", "scope": "write" }""", System.Text.Encoding.UTF8, "application/json"));
        var key = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["key"]!;

        var (code, output, errors) = await _brigade.RunAsync($"login --server {_server.Address}", input: key);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("knows this key as \"pipeline\" (editor)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnAServer_PrintsWhatALocalRunPrintsAndAnswersByThresholds()
    {
        Write("good.yaml", Spec("tiny", milliseconds: 1));
        Write("strict.yaml", Spec("strict", milliseconds: 1) + "thresholds: [\"latency.p50 < 0.01ms\"]\n");

        var (code, output, errors) = await RunAsync("run good.yaml --json out.json");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains($"{_server.Address}/runs/", output, StringComparison.Ordinal);
        Assert.Contains("tiny: 6 trials of 1 cell", output, StringComparison.Ordinal);
        Assert.Contains("[6/6] ", output, StringComparison.Ordinal);
        Assert.Contains("speed-up", output, StringComparison.Ordinal);
        Assert.Equal(6, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_home.Path, "out.json")))!["trials"]!.AsArray().Count);

        var (failed, report, _) = await RunAsync("run strict.yaml");
        Assert.Equal(1, failed);
        Assert.Contains("threshold failed: latency.p50 < 0.01ms", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgainstTheBaseline_IsQuietOnNoiseAndFailsOnARegression()
    {
        Write("bench.yaml", "name: bench\nworkload: { code: { language: python, file: work.py } }\nmatrix: { runtime: [python], strategy: [threads], workers: [2] }\nload: { tasks: 20 }\nwarmup: { tasks: 2 }\nrepeat: 6\n");
        Write("work.py", "import time\ndef task(index):\n    time.sleep(0.005)\n");
        Write("other.yaml", Spec("other", milliseconds: 1));
        var (first, _, told) = await RunAsync("run bench.yaml --against baseline --pin --note release");
        Assert.Equal(0, first);
        Assert.Contains("There is no baseline yet", told, StringComparison.Ordinal);

        var (same, output, errors) = await RunAsync("run bench.yaml --against baseline");
        Assert.Equal((0, ""), (same, errors));
        Assert.Contains("verdict", output, StringComparison.Ordinal);

        // The same experiment, with other code: twenty times slower.
        Write("work.py", "import time\ndef task(index):\n    time.sleep(0.1)\n");
        var (slower, report, _) = await RunAsync("run bench.yaml --against baseline");

        // On a machine that is busy with other things nothing can be told, and Brigade says so.
        Assert.True((slower == 1 && report.Contains("1 slower", StringComparison.Ordinal)) || report.Contains("other work kept", StringComparison.Ordinal), report);

        var experiments = (await _server.GetAsync("/api/v1/experiments?name=BENCH"))["items"]!.AsArray();
        Assert.Equal((2, 3), ((int)Assert.Single(experiments)!["version"]!, (int)experiments[0]!["runCount"]!));
        var runs = (await _server.GetAsync($"/api/v1/runs?experimentId={experiments[0]!["id"]}"))["items"]!.AsArray().Select(run => (string)run!["id"]!).ToList();
        Assert.Equal(0, (await RunAsync($"compare {runs[^1]} {runs[1]} --json comparison.json")).Code);
        var (nothing, _, why) = await RunAsync($"compare {runs[0]} {(await RunAsync("run other.yaml")).Output.Split('\n')[0][^36..]}");
        Assert.Equal(2, nothing);
        Assert.Contains("no cell in common", why, StringComparison.Ordinal);
        var (exported, junit, _) = await RunAsync($"export {runs[0]} --as junit");
        Assert.Equal(0, exported);
        Assert.Contains("<testsuite", junit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_CancelsTheRunOnTheServer()
    {
        Write("long.yaml", "name: long\nworkload: { kernel: io.sleep, params: { milliseconds: 20 } }\nmatrix: { runtime: [dotnet], strategy: [threads], workers: [2] }\nload: { duration: 300s }\nrepeat: 1\nlimits: { trialTimeout: 600s }\n");
        await _brigade.RunAsync($"login --server {_server.Address}", Server.Token);
        var run = Guid.Empty;

        var (code, output, errors) = await _brigade.InterruptAsync($"run long.yaml --server {_server.Address}", async line =>
        {
            run = Guid.Parse(line[(line.LastIndexOf('/') + 1)..]);
            await _server.UntilMeasuredAsync(run);
        });

        Assert.Equal(3, code);
        Assert.Contains("Cancelling the run on the server", errors, StringComparison.Ordinal);
        Assert.Contains("Cancelled after 0 of 1 trials.", errors, StringComparison.Ordinal);
        Assert.Contains("speed-up", output, StringComparison.Ordinal);
        Assert.Equal("cancelled", (string?)(await _server.GetAsync($"/api/v1/runs/{run}"))["status"]);
    }

    [Fact]
    public async Task Import_FileOfAnotherTool_IsARun()
    {
        Write("hyperfine.json", """{ "results": [{ "command": "sleep 0.1", "mean": 0.1, "stddev": 0.001, "median": 0.1, "user": 0.01, "system": 0.01, "min": 0.1, "max": 0.11, "times": [0.1, 0.1, 0.11], "exit_codes": [0, 0, 0] }] }""");

        var (preview, told, _) = await RunAsync("import hyperfine.json --preview --name sleeping");
        var (code, output, errors) = await RunAsync("import hyperfine.json --name sleeping");

        Assert.Equal((0, 0, ""), (preview, code, errors));
        Assert.Contains("nothing was stored", told, StringComparison.Ordinal);
        Assert.StartsWith("sleeping: 3 trials of 1 benchmarks from hyperfine", output, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await _server.GetAsync("/api/v1/runs?source=imported"))["total"]!);
        Assert.Equal(2, (await RunAsync("import nothing.json")).Code);
    }

    [Fact]
    public async Task Compare_StoredRuns_AnswersByTheVerdicts()
    {
        var (fast, refused) = (await ImportAsync("0.100"), await RunAsync("import stored.json --name stored"));
        var (again, slow) = (await ImportAsync("0.100", "--again"), await ImportAsync("0.200"));

        var (same, _, errors) = await RunAsync($"compare {fast} {again}");
        var (slower, report, _) = await RunAsync($"compare {fast} {slow} --json comparison.json");

        Assert.Equal(2, refused.Code);
        Assert.Contains($"/runs/{fast}", refused.Errors, StringComparison.Ordinal);
        Assert.Equal((0, ""), (same, errors));
        Assert.True(slower == 1, report);
        Assert.Equal(2, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_home.Path, "comparison.json")))!["runs"]!.AsArray().Count);

        async Task<string> ImportAsync(string seconds, string option = "")
        {
            var times = string.Join(", ", Enumerable.Range(0, 10).Select(digit => $"{seconds}{digit}"));
            Write("stored.json", $$"""{ "results": [{ "command": "sleep", "mean": {{seconds}}, "stddev": 0.001, "median": {{seconds}}, "user": 0.01, "system": 0.01, "min": {{seconds}}, "max": {{seconds}}, "times": [{{times}}] }] }""");
            var output = (await RunAsync($"import stored.json --name stored {option}")).Output;
            return output.Split('\n')[0].TrimEnd()[^36..];
        }
    }

    private static string Spec(string name, int milliseconds) =>
        $"name: {name}\nworkload: {{ kernel: io.sleep, params: {{ milliseconds: {milliseconds} }} }}\nmatrix: {{ runtime: [dotnet], strategy: [threads], workers: [2] }}\nload: {{ tasks: 20 }}\nwarmup: {{ tasks: 2 }}\nrepeat: 6\n";

    private Task<(int Code, string Output, string Errors)> RunAsync(string arguments) => _brigade.RunAsync($"{arguments} --server {_server.Address}", Server.Token);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_home.Path, name), text);
}
