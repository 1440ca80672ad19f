using System.Diagnostics;
using System.Text.RegularExpressions;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Terminal;

/// <summary>What a person sees at a terminal: the executable behind a real pseudo-terminal, which <c>script</c> makes.</summary>
public sealed partial class LiveProgressTests : IDisposable
{
    private const string Spec = "version: 1\nname: sleeps\nworkload: { kernel: io.sleep, params: { milliseconds: 20 } }\nmatrix: { runtime: [dotnet], strategy: [sequential, threads], workers: [1, 2] }\nload: { tasks: 30 }\nwarmup: { tasks: 0 }\nrepeat: 1\nthresholds: [\"latency.p50 < 0.1ms\"]\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-terminal-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(100)]
    [InlineData(160)]
    public async Task Run_AtATerminal_ShowsBarsThenLinesThenTheTable(int columns)
    {
        var (code, screen) = await AtTerminalAsync(columns);
        var text = Escapes().Replace(screen, "");

        Assert.Equal(1, code); // the threshold does not hold
        Assert.Contains("sleeps: 3 trials of 3 cells", text, StringComparison.Ordinal);
        Assert.Contains("all trials", text, StringComparison.Ordinal);
        Assert.Matches(@"dotnet threads x2: [0-9.]+/s, p99 [0-9.]+ ms, CPU [0-9]+ %", text);
        Assert.Matches(@"\[3/3\] dotnet (sequential x1|threads x[12]): [0-9.]+/s", text);
        Assert.Contains("threshold failed: latency.p50 < 0.1ms", text, StringComparison.Ordinal);
        Assert.Equal(columns >= 120, text.Contains("95 % interval", StringComparison.Ordinal));

        // The bars are drawn over and taken away: what stays on the screen is the lines and the table.
        Assert.Contains("\u001b[", screen, StringComparison.Ordinal);
        Assert.True(text.LastIndexOf("speed-up", StringComparison.Ordinal) > text.LastIndexOf("all trials", StringComparison.Ordinal));
        Assert.All(screen.Split('\n').SkipWhile(line => !line.Contains("speed-up", StringComparison.Ordinal)), line => Assert.True(Escapes().Replace(line, "").TrimEnd().Length <= columns, line));
    }

    private async Task<(int Code, string Screen)> AtTerminalAsync(int columns)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "spec.yaml"), Spec);
        var start = new ProcessStartInfo("script", ["-qec", $"stty cols {columns}; exec '{RunnerProcess.Executable}' run spec.yaml", "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _directory.FullName,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var screen = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, screen);
    }

    [GeneratedRegex(@"\u001b(\[[0-9;?]*[A-Za-z]|[=>])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escapes();
}
