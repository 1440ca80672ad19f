using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Sandbox;

/// <summary>Python keeps its compiled modules beside the host's, which a trial in a sandbox may not write: they are compiled for it once, or each start would compile them again.</summary>
internal static class HostCache
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ConcurrentDictionary<string, Lazy<Task>> Ready = new(StringComparer.Ordinal);

    /// <summary>Completes when a host starts as quickly in its sandbox as without.</summary>
    public static Task ReadyAsync(RuntimeInfo runtime, HostCommand command, Containment containment) =>
        containment.Box is not null && string.Equals(runtime.Language, RuntimeCatalogue.Python.Name, StringComparison.Ordinal)
            ? Ready.GetOrAdd(command.FileName, interpreter => new Lazy<Task>(() => CompileAsync(interpreter))).Value
            : Task.CompletedTask;

    private static async Task CompileAsync(string interpreter)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(interpreter, ["-I", "-m", "compileall", "-q", HostFiles.PathOf("python")])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Close();
            await Task.WhenAny(Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync()), Task.Delay(Patience));
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            // Trials start more slowly; one that cannot start at all says so itself.
        }
    }
}
