using System.Diagnostics;
using System.Globalization;
using System.Text;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>A program did not end well. The message has the last line of its standard error.</summary>
internal sealed class CommandException(string message) : Exception(message);

/// <summary>
/// Starts a program, without a shell, and waits for its end. Its output is read and counted, and not kept: the result is the length of its standard output. An exit code other than 0 is an error.
/// </summary>
internal sealed class CommandWorkload : IKernel
{
    private const string Index = "{index}";
    private const int BufferBytes = 64 * 1024;
    private const int FirstSignal = 128;

    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>(StringComparer.Ordinal);

    private readonly TrialCommand _command;
    private readonly string _program;
    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <exception cref="TrialFailedException">There is no such program.</exception>
    public CommandWorkload(TrialCommand command)
    {
        _command = command;
        _program = Programs.Find(command.Argv[0], command.Directory);
    }

    public ulong Run(long index)
    {
        using var process = Start(index);
        var errors = LastLineAsync(process.StandardError.BaseStream);
        var writing = WriteAsync(process, index);
        ulong length = 0;
        int read;
        while ((read = process.StandardOutput.BaseStream.Read(_buffer, 0, _buffer.Length)) > 0)
        {
            length += (ulong)read;
        }

        Task.WhenAll(writing, errors).GetAwaiter().GetResult();
        process.WaitForExit();
        return Result(process, errors.GetAwaiter().GetResult(), length);
    }

    public async ValueTask<ulong> RunAsync(long index)
    {
        using var process = Start(index);
        var errors = LastLineAsync(process.StandardError.BaseStream);
        var writing = WriteAsync(process, index);
        ulong length = 0;
        int read;
        while ((read = await process.StandardOutput.BaseStream.ReadAsync(_buffer)) > 0)
        {
            length += (ulong)read;
        }

        await writing;
        var last = await errors;
        await process.WaitForExitAsync();
        return Result(process, last, length);
    }

    private Process Start(long index)
    {
        var start = new ProcessStartInfo(_program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _command.Directory,
        };
        foreach (var argument in _command.Argv.Skip(1))
        {
            start.ArgumentList.Add(Filled(argument, index));
        }

        // What is set for this host is not meant for what it measures.
        foreach (var name in TrialHost.Environment.Keys)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in _command.Environment ?? NoVariables)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new CommandException($"{_command.Argv[0]} cannot be started: {exception.Message}");
        }
    }

    private async Task WriteAsync(Process process, long index)
    {
        try
        {
            if (_command.Stdin is { } text)
            {
                await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(Filled(text, index)));
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, before it read all: its exit code says whether that is an error.
        }
    }

    private ulong Result(Process process, string lastLine, ulong length)
    {
        var code = process.ExitCode;
        if (code == 0)
        {
            return length;
        }

        var how = code > FirstSignal && code <= FirstSignal + 64 ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {code - FirstSignal}") : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}");
        throw new CommandException($"{_command.Argv[0]} {how}{(lastLine.Length > 0 ? $": {lastLine}" : "")}");
    }

    private static async Task<string> LastLineAsync(Stream stream)
    {
        var kept = new Trials.HeadAndTail(8 * 1024);
        var buffer = new byte[4 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            kept.Write(buffer.AsSpan(0, read));
        }

        return kept.LastLine();
    }

    private static string Filled(string text, long index) =>
        text.Contains(Index, StringComparison.Ordinal) ? text.Replace(Index, index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) : text;
}
