using System.Globalization;
using System.Runtime.InteropServices;
using Brigade.Contracts.Runs;
using Brigade.Runner.Sandbox;

namespace Brigade.Runner.Runtimes;

/// <summary>Reads what a measurement depends on from the operating system. What it does not tell is empty or 0.</summary>
internal static class MachineFacts
{
    public static async Task<Machine> ReadAsync(CancellationToken cancellation = default)
    {
        // While the interpreters are asked.
        var isolation = Task.Run(SandboxPolicy.Local.Isolation, cancellation);
        return await ReadAsync(await RuntimeFinder.FindAsync(cancellation), isolation);
    }

    private static async Task<Machine> ReadAsync(IReadOnlyList<RuntimeInfo> runtimes, Task<Isolation> isolation) => new(
        Environment.MachineName,
        Environment.ProcessorCount, // heeds the affinity mask and the quota of the control group
        Memory(),
        OperatingSystemName(),
        Cpu(),
        FirstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        LoadAverage(),
        runtimes)
    {
        Isolation = await isolation,
        Version = ProductVersion,
        ProcessorLimit = ControlGroup.ProcessorLimit(),
        MemoryLimitBytes = ControlGroup.MemoryLimit(),
        CpuSet = AllowedProcessors(),
    };

    /// <summary>Brigade's own version, such as <c>0.1.0</c>.</summary>
    public static string ProductVersion { get; } = typeof(MachineFacts).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The same for the start of a run, with the work that others do on the machine just then.</summary>
    public static async Task<Machine> ReadBeforeRunAsync(OtherLoad load, CancellationToken cancellation)
    {
        var machine = await ReadAsync(cancellation); // asks the interpreters, which is work itself
        return machine with { OtherLoad = await load.MeasureAsync(cancellation) };
    }

    /// <summary>Bytes of memory that this process may use; 0 where the system does not tell.</summary>
    public static long Memory()
    {
        var total = Lines("/proc/meminfo").Select(line => Field(line, "MemTotal:")).FirstOrDefault(value => value is not null) is { } text
            && long.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes * 1024 : 0;
        return Math.Min(total, ControlGroup.MemoryLimit() ?? long.MaxValue);
    }

    private static string AllowedProcessors() => Lines("/proc/self/status").Select(line => Field(line, "Cpus_allowed_list:")).FirstOrDefault(value => value is not null) ?? "";

    private static string OperatingSystemName()
    {
        var name = Lines("/etc/os-release").Select(line => Field(line, "PRETTY_NAME=")).FirstOrDefault(value => value is not null)?.Trim('"');
        return name is null ? RuntimeInformation.OSDescription : $"{name}, kernel {Environment.OSVersion.Version}";
    }

    private static string Cpu() => Lines("/proc/cpuinfo").Select(line => Field(line, "model name")).FirstOrDefault(value => value is not null)?.TrimStart('\t', ' ', ':')
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static double LoadAverage() =>
        double.TryParse(FirstLine("/proc/loadavg").Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load) ? load : 0;

    private static string? Field(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..].Trim() : null;

    private static string FirstLine(string path) => Lines(path).FirstOrDefault() ?? "";

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
