using System.Runtime.CompilerServices;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// <c>memory.random</c>: follows a chain through a table, each step to a place that only the step before knows: the memory's latency.
/// The workers of a process share the table, which nobody writes to.
/// </summary>
internal sealed class MemoryRandom(KernelSettings settings) : IKernel
{
    private const int MaximumMebibytes = 1_024;
    private const int EntriesPerMebibyte = 1_048_576 / sizeof(long);

    private static readonly Lock TableLock = new();
    private static long[] _shared = [];

    private readonly int _steps = settings.Whole("steps", 1_000_000_000);
    private readonly long[] _table = Table(settings.Whole("mebibytes", MaximumMebibytes));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Run(long index)
    {
        var table = _table;
        if (table.Length == 0)
        {
            return 0;
        }

        var place = unchecked((long)((ulong)index * 0x9E3779B97F4A7C15UL % (ulong)table.Length));
        for (var step = _steps; step > 0; step--)
        {
            place = table[place];
        }

        return (ulong)place;
    }

    private static long[] Table(int mebibytes)
    {
        lock (TableLock)
        {
            return _shared.Length == mebibytes * EntriesPerMebibyte ? _shared : _shared = CreateTable(mebibytes);
        }
    }

    /// <summary>
    /// One cycle through all entries: the linear congruential generator whose period is its whole range, by the theorem of Hull and
    /// Dobell (1962): the addend has no divisor in common with the range, and the multiplier less 1 has all its prime divisors, and 4.
    /// </summary>
    private static long[] CreateTable(int mebibytes)
    {
        var table = new long[mebibytes * EntriesPerMebibyte];
        var multiplier = (4L * mebibytes * 23_063) + 1;
        var next = 104_729L % Math.Max(1, table.Length);
        for (var entry = 0; entry < table.Length; entry++)
        {
            table[entry] = next;
            next += multiplier;
            next -= next >= table.Length ? table.Length : 0;
        }

        return table;
    }
}
