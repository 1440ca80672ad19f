using System.Diagnostics;
using System.Text.Json;

namespace Brigade.Runner.Runtimes;

/// <summary>Asks a program what it is by running it once; it answers with JSON on its standard output.</summary>
internal static class Probe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The answers of several, each at the place of its path.</summary>
    public static async Task<IReadOnlyList<T?>> AskAllAsync<T>(IReadOnlyList<string> paths, IReadOnlyList<string> arguments, CancellationToken cancellation)
        where T : class
    {
        var answers = new T?[paths.Count];
        await Parallel.ForAsync(0, paths.Count, cancellation, async (index, token) => answers[index] = await AskAsync<T>(paths[index], arguments, token));
        return answers;
    }

    /// <summary>The answer, or null where the file is not what it is taken for or does not answer in time.</summary>
    private static async Task<T?> AskAsync<T>(string path, IReadOnlyList<string> arguments, CancellationToken cancellation)
        where T : class
    {
        var start = new ProcessStartInfo(path, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var answer = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await errors;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? JsonSerializer.Deserialize<T>(answer, Json) : null;
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
