using System.Globalization;

namespace Brigade.Runner.Runtimes;

/// <summary>
/// How many processors other programs keep busy. Unlike the load average it does not hold what ran a minute ago, and counts nobody who waits for a disk.
/// Who looks from time to time while nothing is measured needs not wait for the answer before a run.
/// </summary>
internal sealed class OtherLoad(TimeProvider time)
{
    /// <summary>The least time between the two readings that are compared: ticks of 10 ms tell nothing of a shorter one.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private Reading? _earlier;
    private Reading? _latest;

    /// <summary>Takes a reading.</summary>
    public void Look()
    {
        lock (_lock)
        {
            (_earlier, _latest) = (_latest, Read());
        }
    }

    /// <summary>What was read says nothing any more, because a run was under way meanwhile.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            (_earlier, _latest) = (null, null);
        }
    }

    /// <summary>Processors that others keep busy since the latest reading that is at least 300 ms old; waits for that long where there is none. 0 where the system does not tell.</summary>
    public async Task<double> MeasureAsync(CancellationToken cancellation)
    {
        var from = Recent() ?? Read();
        if (Shortest - time.GetElapsedTime(from.At) is var missing && missing > TimeSpan.Zero)
        {
            await Task.Delay(missing, time, cancellation);
        }

        var to = Read();
        var busy = Busy(from.Stat, to.Stat, Allowed(Text("/proc/self/status")));
        return Math.Clamp(busy - ((to.Own - from.Own) / time.GetElapsedTime(from.At, to.At)), 0, Environment.ProcessorCount);
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

    private Reading? Recent()
    {
        lock (_lock)
        {
            return _earlier is null || (_latest is not null && time.GetElapsedTime(_latest.At) >= Shortest) ? _latest : _earlier;
        }
    }

    private Reading Read() => new(Text("/proc/stat"), Environment.CpuUsage.TotalTime, time.GetTimestamp());

    private static string Text(string path)
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

    /// <param name="Stat">The text of <c>/proc/stat</c>.</param>
    /// <param name="Own">Processor time of this process until then.</param>
    private sealed record Reading(string Stat, TimeSpan Own, long At);
}
