using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Brigade.Integration.Tests.Support;

/// <summary><c>brigade</c> as a user runs it, with a configuration directory of its own.</summary>
internal sealed partial class CommandLine(string directory)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static string Executable => Path.Combine(Path.GetDirectoryName(Server.Program)!, "runner", "Brigade.Runner");

    public string Configuration => Path.Combine(directory, "config");

    public Task<(int Code, string Output, string Errors)> RunAsync(string arguments, string? token = null, string? input = null) => EndAsync(Start(arguments, token), input);

    /// <summary>Presses Ctrl-C once a line of output is as wanted.</summary>
    public async Task<(int Code, string Output, string Errors)> InterruptAsync(string arguments, Func<string, Task> onFirstLine)
    {
        using var process = Start(arguments, token: null);
        var errors = process.StandardError.ReadToEndAsync();
        var first = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? "";
        await onFirstLine(first);
        _ = Kill(process.Id, 2);
        var rest = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, first + "\n" + rest, await errors);
    }

    private Process Start(string arguments, string? token)
    {
        var start = new ProcessStartInfo(Executable, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        start.Environment["XDG_CONFIG_HOME"] = Configuration;
        start.Environment.Remove("BRIGADE_TOKEN");
        if (token is not null)
            start.Environment["BRIGADE_TOKEN"] = token;
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output, string Errors)> EndAsync(Process process, string? input)
    {
        using (process)
        {
            if (input is not null)
                await process.StandardInput.WriteLineAsync(input);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, output, await errors);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
