using System.Diagnostics;
using System.Globalization;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Benchmarks;

/// <summary>Bare .NET programs that Brigade is compared with: no engine, no recording, just the very kernel that the product runs.</summary>
internal static class BareDotNet
{
    /// <summary><c>primes LIMIT TASKS</c>: a loop; prints tasks per second.</summary>
    public static int Run(string[] args)
    {
        var limit = int.Parse(args[1], CultureInfo.InvariantCulture);
        var tasks = int.Parse(args[2], CultureInfo.InvariantCulture);
        ulong sum = 0;

        // The same grace as the product: tiered compilation has settled before the clock starts.
        var settled = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(settled) < TimeSpan.FromSeconds(1))
        {
            sum += CpuPrimes.Primes(limit);
        }

        var start = Stopwatch.GetTimestamp();
        for (var index = 0; index < tasks; index++)
        {
            sum += CpuPrimes.Primes(limit);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        GC.KeepAlive(sum);
        Console.WriteLine((tasks / elapsed.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
