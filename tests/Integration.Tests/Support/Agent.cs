using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Brigade.Integration.Tests.Support;

/// <summary>A runner of its own, connected to a server with the server's token.</summary>
internal sealed partial class Agent : IAsyncDisposable
{
    private readonly Process _process;

    private Agent(Process process) => _process = process;

    public static Agent Start(string server, string name, string data)
    {
        var executable = Path.Combine(Path.GetDirectoryName(Server.Program)!, "runner", "Brigade.Runner");
        var start = new ProcessStartInfo(executable, ["agent", "--server", server, "--name", name, "--data", data]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.Environment["BRIGADE_RUNNER_TOKEN"] = Server.Token;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Agent(process);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, 2);
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
