using System.Diagnostics;
using System.Reflection;

namespace Brigade.Runner.Tests.Fakes;

/// <summary>The built executable, as a user runs it.</summary>
internal sealed class RunnerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static readonly string Executable =
        typeof(RunnerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => string.Equals(attribute.Key, "Runner", StringComparison.Ordinal)).Value!;

    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private RunnerProcess(Process process)
    {
        Process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public Process Process { get; }

    public static RunnerProcess Start(string arguments, string? directory = null, IReadOnlyDictionary<string, string>? environment = null, bool shell = false)
    {
        // The shell redirects and then becomes the runner.
        var start = new ProcessStartInfo(shell ? "/bin/sh" : Executable, shell ? $"-c \"exec '{Executable}' {arguments}\"" : arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new RunnerProcess(Process.Start(start)!);
    }

    public static async Task<(int Code, string Output, string Errors)> RunAsync(string arguments, string? directory = null)
    {
        using var process = Start(arguments, directory);
        return await process.EndAsync();
    }

    /// <summary>With arguments as a shell reads them, redirections included.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunShellAsync(string arguments, string directory)
    {
        using var process = Start(arguments, directory, shell: true);
        return await process.EndAsync();
    }

    public async Task<(int Code, string Output, string Errors)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await Process.WaitForExitAsync(patience.Token);
        return (Process.ExitCode, await _output, await _errors);
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
        }

        Process.Dispose();
    }
}
