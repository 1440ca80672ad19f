using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Runs;

namespace Brigade.Benchmarks;

/// <summary>The programs that are compared, each in a process of its own: the product as users start it, and bare programs.</summary>
internal static class Programs
{
    private static readonly string Runner = Path.Combine(AppContext.BaseDirectory, "Brigade.Runner");

    /// <summary>Runs a spec with <c>brigade run FILE --json OUT</c>.</summary>
    /// <param name="beside">What is done with the runner's process while it works.</param>
    public static async Task<RunResult> BrigadeAsync(string yaml, Func<Process, Task>? beside = null)
    {
        var directory = Directory.CreateTempSubdirectory("brigade-benchmark-").FullName;
        try
        {
            var spec = Path.Combine(directory, "spec.yaml");
            var result = Path.Combine(directory, "result.json");
            await File.WriteAllTextAsync(spec, yaml);
            await StartAsync(Runner, ["run", spec, "--json", result], beside);
            return JsonSerializer.Deserialize<RunResult>(await File.ReadAllTextAsync(result), BrigadeJson.Options)
                ?? throw new InvalidOperationException("The result was empty.");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Runs a bare Python script of <c>bare/</c> on the machine's default interpreter; it prints one number.</summary>
    public static Task<double> PythonAsync(string script, params object[] arguments) =>
        NumberAsync("python3", [Bare(script), .. Texts(arguments)]);

    /// <summary>The path of a script of <c>bare/</c>.</summary>
    public static string Bare(string script) => Path.Combine(AppContext.BaseDirectory, "bare", script);

    /// <summary>Runs a bare loop of <see cref="BareDotNet"/>; it prints one number.</summary>
    public static Task<double> DotNetAsync(params object[] arguments) =>
        NumberAsync(Path.Combine(AppContext.BaseDirectory, "Brigade.Benchmarks"), ["bare", .. Texts(arguments)]);

    private static IEnumerable<string> Texts(object[] arguments) => arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!);

    /// <summary>Runs a program that prints one number.</summary>
    public static async Task<double> NumberAsync(string file, params string[] arguments) =>
        double.Parse(await StartAsync(file, arguments), CultureInfo.InvariantCulture);

    /// <summary>Runs a program and gives what it prints.</summary>
    public static Task<string> StartAsync(string file, params string[] arguments) => StartAsync(file, arguments, beside: null);

    private static async Task<string> StartAsync(string file, string[] arguments, Func<Process, Task>? beside)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var reading = process.StandardOutput.ReadToEndAsync();
        await (beside?.Invoke(process) ?? Task.CompletedTask);
        var output = await reading;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }
}
