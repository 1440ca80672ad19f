using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Runner.TrialHosts.DotNet;

namespace Brigade.Runner.Code.CSharp;

/// <summary>The compiler could not be asked. The message is one line for the user.</summary>
internal sealed class CompilerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The compiler's process: starts when it is first needed, answers one question after the other, and ends when it is disposed or its parent is gone.</summary>
internal sealed class CompilerProcess(TimeProvider time) : IAsyncDisposable
{
    /// <summary>More than any code of 256 KiB takes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1, 1);
    private Process? _process;

    /// <summary>Compiles.</summary>
    /// <exception cref="CompilerException">The compiler cannot be asked; the message says why.</exception>
    public async Task<CompiledCode> CompileAsync(string file, string source, bool emit, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await AskAsync(new CompilerQuestion(file, source, emit), either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            End();
            throw new CompilerException($"the C# compiler gave no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is IOException or System.ComponentModel.Win32Exception or JsonException)
        {
            End();
            throw new CompilerException($"the C# compiler ended unexpectedly: {exception.Message}", exception);
        }
        catch (OperationCanceledException)
        {
            // Its answer would be taken for that of the next question.
            End();
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _one.WaitAsync();
        End();
        _one.Release();
    }

    private async Task<CompiledCode> AskAsync(CompilerQuestion question, CancellationToken cancellation)
    {
        if (_process is null or { HasExited: true })
        {
            End();
            _process = Start();
        }

        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question, BrigadeJson.Options).AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        var line = await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new IOException("it wrote nothing.");
        return JsonSerializer.Deserialize<CompiledCode>(line, BrigadeJson.Options)!;
    }

    private static Process Start()
    {
        var command = TrialHost.CompilerCommand;
        var start = new ProcessStartInfo(command.File, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };

        // The compiler runs once: what counts is how soon its own methods are compiled.
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    private void End()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }

        _process?.Dispose();
        _process = null;
    }
}
