using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;

namespace Brigade.Runner.Code;

/// <summary>Looks at code with the parser of an interpreter that is installed. Nothing of the code runs.</summary>
internal static class ScriptCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="interpreter">Path of the interpreter.</param>
    /// <param name="arguments">What makes it read the code from its standard input and answer with a <see cref="CodeCheckReply"/> as JSON.</param>
    public static async Task<CodeCheckReply> RunAsync(string interpreter, IReadOnlyList<string> arguments, string source, TimeProvider time, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(interpreter, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            var answer = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.StandardInput.WriteAsync(source.AsMemory(), either.Token);
            process.StandardInput.Close();
            var (text, problem) = (await answer, await errors);
            return text.Length > 0
                ? JsonSerializer.Deserialize<CodeCheckReply>(text, BrigadeJson.Options)!
                : new CodeCheckReply([], $"{interpreter} could not look at the code: {problem.Trim().Split('\n')[^1]}");
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or JsonException)
        {
            return new CodeCheckReply([], $"{interpreter} could not look at the code: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new CodeCheckReply([], $"{interpreter} did not look at the code within {Patience.TotalSeconds:0} s.");
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
