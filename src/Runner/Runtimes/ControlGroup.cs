using System.Globalization;

namespace Brigade.Runner.Runtimes;

/// <summary>What the control groups that this process is in allow it, in both versions of the kernel's interface. A container is one.</summary>
/// <param name="root">Where the file systems of control groups are mounted.</param>
/// <param name="self">The file that says which groups this process is in.</param>
internal sealed class ControlGroup(string root = "/sys/fs/cgroup", string self = "/proc/self/cgroup")
{
    /// <summary>Version 1 writes a number near this where there is no limit.</summary>
    private const long NoLimit = 1L << 60;

    private readonly string[] _cpu = [.. Directories(root, self, "cpu")];
    private readonly string[] _memory = [.. Directories(root, self, "memory")];

    private static ControlGroup Own { get; } = new();

    /// <summary>Processors that the quotas allow, such as 1.5; null where there is none.</summary>
    public static double? ProcessorLimit() => Own.Processors();

    /// <summary>Bytes of memory that the groups allow; null where they set no limit.</summary>
    public static long? MemoryLimit() => Own.Memory();

    /// <summary>How long the quota has kept the group's processes from running, in milliseconds since it was made; null where there is no quota.</summary>
    public static double? ThrottledMs() => Own.Throttled();

    public double? Processors()
    {
        var limits = _cpu.Select(directory => QuotaOf(Line(directory, "cpu.max")) ?? Quotient(Line(directory, "cpu.cfs_quota_us"), Line(directory, "cpu.cfs_period_us"))).OfType<double>().ToArray();
        return limits.Length == 0 ? null : limits.Min();
    }

    public long? Memory()
    {
        var limits = _memory.Select(directory => Whole(Line(directory, "memory.max")) ?? Whole(Line(directory, "memory.limit_in_bytes"))).OfType<long>().Where(bytes => bytes < NoLimit).ToArray();
        return limits.Length == 0 ? null : limits.Min();
    }

    public double? Throttled()
    {
        if (Processors() is null)
        {
            return null;
        }

        var times = _cpu.Select(directory => Field(directory, "throttled_usec") / 1e3 ?? Field(directory, "throttled_time") / 1e6).OfType<double>().ToArray();
        return times.Length == 0 ? null : times.Max();
    }

    /// <summary>The group's directories from its own up to the root: a limit of each of them holds.</summary>
    private static IEnumerable<string> Directories(string root, string self, string controller)
    {
        foreach (var line in Lines(self))
        {
            var parts = line.Split(':', 3);
            if (parts.Length != 3 || !(parts[1].Length == 0 || parts[1].Split(',').Contains(controller, StringComparer.Ordinal)))
            {
                continue;
            }

            foreach (var mount in parts[1].Length == 0 ? [root, Path.Combine(root, "unified")] : new[] { Path.Combine(root, parts[1]), Path.Combine(root, controller) })
            {
                // Inside a container the path is the host's and does not exist here; the mount itself is the group then.
                for (var path = parts[2].Trim('/'); ; path = Path.GetDirectoryName(path) ?? "")
                {
                    if (Path.Combine(mount, path) is var directory && Directory.Exists(directory))
                    {
                        yield return directory;
                    }

                    if (path.Length == 0)
                    {
                        break;
                    }
                }
            }
        }
    }

    private static double? QuotaOf(string line) => line.Split(' ') is [var quota, var period] ? Quotient(quota, period) : null;

    private static double? Quotient(string quota, string period) => Whole(quota) is > 0 and var allowed && Whole(period) is > 0 and var each ? (double)allowed / each : null;

    private static double? Field(string directory, string name) =>
        Lines(Path.Combine(directory, "cpu.stat")).Select(line => line.Split(' ')).Where(parts => parts.Length == 2 && string.Equals(parts[0], name, StringComparison.Ordinal)).Select(parts => (double?)Whole(parts[1])).FirstOrDefault();

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Line(string directory, string file) => Lines(Path.Combine(directory, file)).FirstOrDefault() ?? "";

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
