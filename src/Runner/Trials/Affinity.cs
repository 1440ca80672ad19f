using System.Numerics;
using System.Runtime.InteropServices;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Trials;

/// <summary>Which processors a thread may use. A process that it starts inherits that, and so does everything the process starts.</summary>
internal static partial class Affinity
{
    private const int Words = (CpuList.Highest + 1) / 64;

    /// <summary>The processors that the calling thread may use; empty where the system does not tell.</summary>
    public static IReadOnlyList<int> Allowed()
    {
        Span<ulong> mask = stackalloc ulong[Words];
        return Get(0, Words * sizeof(ulong), ref mask[0]) < 0 ? [] : Processors(mask);
    }

    /// <summary>Does something on the calling thread while it may use some processors only.</summary>
    /// <exception cref="TrialException">The system refuses it.</exception>
    public static T Within<T>(IReadOnlyList<int>? processors, Func<T> action)
    {
        if (processors is null)
        {
            return action();
        }

        Span<ulong> before = stackalloc ulong[Words];
        Span<ulong> wanted = stackalloc ulong[Words];
        foreach (var processor in processors)
        {
            wanted[processor / 64] |= 1UL << (processor % 64);
        }

        if (Get(0, Words * sizeof(ulong), ref before[0]) < 0 || Set(0, Words * sizeof(ulong), ref wanted[0]) != 0)
        {
            throw new TrialException($"the system does not let the trial have the processors {CpuList.Format(processors)} of limits.cpuSet: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }

        try
        {
            return action();
        }
        finally
        {
            _ = Set(0, Words * sizeof(ulong), ref before[0]);
        }
    }

    private static List<int> Processors(ReadOnlySpan<ulong> mask)
    {
        var processors = new List<int>();
        for (var word = 0; word < mask.Length; word++)
        {
            for (var rest = mask[word]; rest != 0; rest &= rest - 1)
            {
                processors.Add((word * 64) + BitOperations.TrailingZeroCount(rest));
            }
        }

        return processors;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int Get(int thread, nint size, ref ulong mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int Set(int thread, nint size, ref ulong mask);
}
