using System.Runtime.CompilerServices;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>cpu.primes</c>: the primes below a limit, found by trial division.</summary>
internal sealed class CpuPrimes(KernelSettings settings) : IKernel
{
    private readonly int _limit = settings.Whole("limit", 1_000_000_000);

    public ulong Run(long index) => Primes(_limit);

    /// <summary>The primes below the limit: their count times 0x9E3779B97F4A7C15 plus their sum, modulo 2^64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong Primes(int limit)
    {
        ulong count = limit > 2 ? 1UL : 0;
        ulong sum = limit > 2 ? 2UL : 0;
        for (var candidate = 3; candidate < limit; candidate += 2)
        {
            if (IsPrime(candidate))
            {
                count++;
                sum += (ulong)candidate;
            }
        }

        return unchecked((count * 0x9E3779B97F4A7C15UL) + sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPrime(int odd)
    {
        for (var divisor = 3; divisor * divisor <= odd; divisor += 2)
        {
            if (odd % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
