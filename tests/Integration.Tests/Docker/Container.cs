using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Brigade.Integration.Tests.Docker;

/// <summary>A program as a container would run it: its environment and nothing else, and as its user where the tests may be somebody else.</summary>
internal sealed partial class Container : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Container(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <param name="user">For example <c>1654:1654</c>; whoever runs the tests where null.</param>
    public static Container Start(string? user, IReadOnlyDictionary<string, string> environment, string directory, params string[] command)
    {
        var ids = user?.Split(':');
        string[] whole = ids is not null && Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", ids[0], "--regid", ids[1], "--clear-groups", "--no-new-privs", .. command] : command;
        var start = new ProcessStartInfo(whole[0], whole[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = "/nonexistent";
        start.Environment["HOSTNAME"] = "container";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var container = new Container(new Process { StartInfo = start });
        container._process.OutputDataReceived += container.Hear;
        container._process.ErrorDataReceived += container.Hear;
        container._process.Start();
        container._process.BeginOutputReadLine();
        container._process.BeginErrorReadLine();
        return container;
    }

    /// <summary>Waits until it has said something.</summary>
    public async Task SaysAsync(string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!Said.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"It ended with {_process.ExitCode}: {Said}");
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    /// <summary>As an engine stops a container.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, 15);
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }

        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_said)
            _said.AppendLine(line.Data);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
