using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Integration.Tests.Support;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>The examples of the documentation against a real server with its real runner, as a reader would start them.</summary>
public sealed class ExampleTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _copies = new();
    private Server _server = null!;

    public async ValueTask InitializeAsync() => _server = await Server.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
        _copies.Dispose();
    }

    [Theory]
    [InlineData("follow.py", "python3")]
    [InlineData("follow.mjs", "node")]
    [InlineData("follow.cs", "dotnet", "run", "--")]
    public async Task Follow_ARun_TellsItsFramesAndItsEnd(string file, string program, params string[] around)
    {
        // Beside the repository, whose settings are not the reader's.
        var copy = Path.Combine(_copies.Path, file);
        File.Copy(Path.Combine(Examples(), file), copy);
        var run = await SubmitAsync();

        var (code, output, errors) = await StartAsync(program, around.Length == 0 ? [copy, run] : [around[0], copy, .. around[1..], run]);

        Assert.True(code == 0, $"{file} ended with {code}: {output}{errors}");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.StartsWith("trial 0, frame 0: ", StringComparison.Ordinal));
        Assert.Equal("completed: 2 of 2 trials", lines[^1]);
    }

    private async Task<string> SubmitAsync()
    {
        using var body = new StringContent(
            """{ "spec": { "name": "follow", "workload": { "kernel": "io.sleep", "params": { "milliseconds": 5 } }, "matrix": { "runtime": ["dotnet"], "strategy": ["threads"], "workers": [2] }, "load": { "tasks": 200 }, "repeat": 2 } }""",
            Encoding.UTF8, "application/json");
        using var submitted = await _server.Client.PostAsync("/api/v1/runs", body);
        var answer = await submitted.Content.ReadAsStringAsync();
        Assert.True(submitted.IsSuccessStatusCode, answer);
        return (string)JsonNode.Parse(answer)!["id"]!;
    }

    private async Task<(int Code, string Output, string Errors)> StartAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _copies.Path };
        start.Environment["BRIGADE_SERVER"] = _server.Address;
        start.Environment["BRIGADE_TOKEN"] = Server.Token;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, output, await errors);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Examples([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/examples"));
}
