using System.Globalization;

namespace Brigade.Runner.Runtimes;

/// <summary>How many processors other programs keep busy. Unlike the load average it does not hold what ran a minute ago, and counts nobody who waits for a disk.</summary>
internal static class OtherLoad
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(300);

    /// <summary>Looks for about 300 ms; 0 where the system does not tell.</summary>
    public static async Task<double> MeasureAsync(TimeProvider time, CancellationToken cancellation)
    {
        var allowed = Allowed(Read("/proc/self/status"));
        var (before, own, began) = (Read("/proc/stat"), Environment.CpuUsage.TotalTime, time.GetTimestamp());
        await Task.Delay(Length, time, cancellation);
        var busy = Busy(before, Read("/proc/stat"), allowed);
        return Math.Clamp(busy - ((Environment.CpuUsage.TotalTime - own) / time.GetElapsedTime(began)), 0, Environment.ProcessorCount);
    }

    /// <summary>Processors that were busy between two readings of <c>/proc/stat</c>, of those that are allowed; with a virtual machine's stolen time.</summary>
    internal static double Busy(string before, string after, IReadOnlySet<int> allowed)
    {
        var earlier = Processors(before);
        return Processors(after)
            .Where(pair => allowed.Contains(pair.Key) && earlier.ContainsKey(pair.Key))
            .Sum(pair => pair.Value.Total - earlier[pair.Key].Total is > 0 and var total ? 1 - ((pair.Value.Idle - earlier[pair.Key].Idle) / (double)total) : 0);
    }

    /// <summary>The numbers in <c>Cpus_allowed_list: 0-3,8</c> of <c>/proc/self/status</c>.</summary>
    internal static IReadOnlySet<int> Allowed(string status)
    {
        const string Label = "Cpus_allowed_list:";
        var list = status.Split('\n').FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal))?[Label.Length..].Trim() ?? "";
        return list.Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(Range).ToHashSet();
    }

    private static IEnumerable<int> Range(string text)
    {
        var ends = text.Split('-');
        return int.TryParse(ends[0], CultureInfo.InvariantCulture, out var first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out var last) && last >= first
            ? Enumerable.Range(first, last - first + 1)
            : [];
    }

    /// <summary>Ticks of each processor: <c>cpu0 user nice system idle iowait irq softirq steal guest guest_nice</c>. Guests are in user already.</summary>
    private static Dictionary<int, (long Total, long Idle)> Processors(string text)
    {
        const int Fields = 8, Idle = 3, WaitingForDisk = 4;
        var processors = new Dictionary<int, (long, long)>();
        foreach (var words in text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words.Length > Fields && words[0].StartsWith("cpu", StringComparison.Ordinal) && int.TryParse(words[0].AsSpan(3), CultureInfo.InvariantCulture, out var number))
            {
                var ticks = words.Skip(1).Take(Fields).Select(word => long.TryParse(word, CultureInfo.InvariantCulture, out var value) ? value : 0).ToArray();
                processors[number] = (ticks.Sum(), ticks[Idle] + ticks[WaitingForDisk]);
            }
        }

        return processors;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
