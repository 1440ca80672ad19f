using System.Diagnostics;
using System.Runtime.CompilerServices;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Commands;

/// <summary>The command line as a .NET tool: packed, installed and used out of the package.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-tool-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Pack_InstalledTool_SaysItsVersionAndMeasures()
    {
        Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"here\" value=\"{_directory.FullName}\" /></packageSources></configuration>");
        Write("spec.yaml", "name: noops\nworkload: { kernel: noop }\nmatrix: { runtime: [dotnet, python], strategy: [processes], workers: [2] }\nload: { tasks: 10 }\nrepeat: 1\n");
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(RunnerProcess.Executable)!)!);

        await RunAsync("dotnet", "pack", Project(), "--no-build", "--configuration", configuration, "--output", _directory.FullName, "-p:Version=1.2.3");
        await RunAsync("dotnet", "tool", "install", "Brigade", "--tool-path", Path.Combine(_directory.FullName, "tools"), "--configfile", Path.Combine(_directory.FullName, "nuget.config"), "--version", "1.2.3");

        var brigade = Path.Combine(_directory.FullName, "tools", "brigade");
        Assert.StartsWith("0.1.0", await RunAsync(brigade, "--version"), StringComparison.Ordinal);
        Assert.Contains("[2/2] ", await RunAsync(brigade, "run", "spec.yaml"), StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _directory.FullName };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{file} {string.Join(' ', arguments)}: {await output} {await errors}");
        return await output;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text);

    private static string Project([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Runner"));
}
