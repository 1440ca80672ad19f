using System.Diagnostics;
using System.Text.Json;

namespace Brigade.Runner.Runtimes;

/// <summary>What an interpreter says about itself.</summary>
/// <param name="Executable">Its own path, after shims and virtual environments.</param>
/// <param name="RealPath">The same with all links resolved: equal paths are one interpreter.</param>
/// <param name="Gil">Whether the lock is in force in a fresh process.</param>
/// <param name="FreeThreaded">Whether it was built without the need for the lock.</param>
internal sealed record PythonAnswer(string Executable, string RealPath, int Major, int Minor, int Micro, string Version, bool Gil, bool FreeThreaded);

/// <summary>Asks an interpreter what it is by running it once.</summary>
internal static class PythonProbe
{
    private const string Question =
        """
        import json, os, sys, sysconfig
        gil = getattr(sys, "_is_gil_enabled", None)
        v = sys.version_info
        version = "%d.%d.%d" % v[:3] + ("" if v[3] == "final" else {"alpha": "a", "beta": "b", "candidate": "rc"}.get(v[3], v[3]) + str(v[4]))
        print(json.dumps({
            "executable": sys.executable, "realPath": os.path.realpath(sys.executable),
            "major": v[0], "minor": v[1], "micro": v[2], "version": version,
            "gil": True if gil is None else gil(), "freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED"))}))
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The answer, or null where the file is no working interpreter or does not answer in time.</summary>
    public static async Task<PythonAnswer?> AskAsync(string path, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(path) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-I");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Question);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var answer = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await errors;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? JsonSerializer.Deserialize<PythonAnswer>(answer, Json) : null;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or JsonException or IOException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            if (process is { HasExited: false })
            {
                process.Kill(entireProcessTree: true);
            }

            process?.Dispose();
        }
    }
}
