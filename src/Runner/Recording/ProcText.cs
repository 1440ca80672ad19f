using System.Buffers.Text;

namespace Brigade.Runner.Recording;

/// <summary>Counters of <c>/proc/PID/stat</c>, in clock ticks. The children's are of those that ended and were waited for.</summary>
internal readonly record struct ProcStat(char State, int Parent, int Group, int Session, long User, long System, long ChildrenUser, long ChildrenSystem);

/// <summary>Reads the texts of /proc without allocating. Each method gives null or 0 for a text that is not as proc(5) says.</summary>
internal static class ProcText
{
    /// <summary>Length of a clock tick in milliseconds: USER_HZ is 100 on every architecture that .NET runs on.</summary>
    public const double TickMs = 10;

    private const int FieldsUpToChildrenSystem = 15;

    public static ProcStat? Stat(ReadOnlySpan<byte> text)
    {
        // The command name is in parentheses and may hold anything, so count fields from the last one.
        var close = text.LastIndexOf((byte)')');
        if (close < 0 || close + 2 >= text.Length)
        {
            return null;
        }

        var rest = text[(close + 2)..];
        var state = (char)rest[0];
        Span<long> fields = stackalloc long[FieldsUpToChildrenSystem];
        fields.Clear();
        for (var index = 1; index < FieldsUpToChildrenSystem; index++)
        {
            var space = rest.IndexOf((byte)' ');
            if (space < 0)
            {
                return null;
            }

            rest = rest[(space + 1)..];
            Utf8Parser.TryParse(rest, out fields[index], out _);
        }

        return new ProcStat(state, (int)fields[1], (int)fields[2], (int)fields[3], fields[11], fields[12], fields[13], fields[14]);
    }

    /// <summary>Resident memory in bytes of <c>/proc/PID/statm</c>.</summary>
    public static long Resident(ReadOnlySpan<byte> text)
    {
        var space = text.IndexOf((byte)' ');
        return space >= 0 && Utf8Parser.TryParse(text[(space + 1)..], out long pages, out _) ? pages * Environment.SystemPageSize : 0;
    }

    /// <summary>Proportional memory in bytes of <c>/proc/PID/smaps_rollup</c>: pages that several processes share count once among them.</summary>
    public static long Proportional(ReadOnlySpan<byte> text) => Number(After(text, "\nPss:"u8).TrimStart((byte)' ')) * 1024;

    /// <summary>State and context switches of <c>/proc/PID/task/TID/status</c>.</summary>
    public static (char State, long Voluntary, long Involuntary) Status(ReadOnlySpan<byte> text) =>
        (After(text, "\nState:\t"u8) is { Length: > 0 } state ? (char)state[0] : '\0',
            Number(After(text, "\nvoluntary_ctxt_switches:\t"u8)),
            Number(After(text, "\nnonvoluntary_ctxt_switches:\t"u8)));

    /// <summary>Of <c>/proc/PID/task/TID/schedstat</c>: nanoseconds on a processor, and nanoseconds ready to run without one.</summary>
    public static (long CpuNs, long DelayNs) Scheduled(ReadOnlySpan<byte> text) => (Number(text), Number(After(text, " "u8)));

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label)
    {
        var at = text.IndexOf(label);
        return at < 0 ? [] : text[(at + label.Length)..];
    }

    private static long Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long value, out _) ? value : 0;
}
