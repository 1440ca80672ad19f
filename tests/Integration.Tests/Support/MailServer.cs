using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Brigade.Integration.Tests.Support;

/// <summary>A real mail server as a process of its own.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private MailServer(Process process) => _process = process;

    public int Port { get; private set; }

    /// <param name="arguments">Certificate, key, user and password; none for a relay that asks for nothing.</param>
    public static async Task<MailServer> StartAsync(params string[] arguments)
    {
        var script = Path.Combine(Docker.Repository.Root, "tests", "Integration.Tests", "Support", "smtp_server.py");
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var server = new MailServer(process);
        process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        process.BeginOutputReadLine();
        server.Port = int.Parse(await server.NextLineAsync(Patience), CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>The next mail.</summary>
    public async Task<JsonNode> NextAsync() => JsonNode.Parse(await NextLineAsync(Patience))!;

    public bool HasMore => _lines.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            _lines.Writer.TryComplete();
        else
            _lines.Writer.TryWrite(line);
    }

    private async Task<string> NextLineAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        return await _lines.Reader.ReadAsync(patience.Token);
    }
}
