using System.Diagnostics;
using System.Globalization;

namespace Brigade.Benchmarks;

/// <summary>Bare .NET programs that Brigade is compared with: no engine, no recording, just the work.</summary>
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
            sum += Primes(limit);
        }

        var start = Stopwatch.GetTimestamp();
        for (var index = 0; index < tasks; index++)
        {
            sum += Primes(limit);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        GC.KeepAlive(sum);
        Console.WriteLine((tasks / elapsed.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static ulong Primes(int limit)
    {
        ulong count = limit > 2 ? 1UL : 0;
        ulong sum = limit > 2 ? 2UL : 0;
        for (var candidate = 3; candidate < limit; candidate += 2)
        {
            var prime = true;
            for (var divisor = 3; divisor * divisor <= candidate; divisor += 2)
            {
                if (candidate % divisor == 0)
                {
                    prime = false;
                    break;
                }
            }

            if (prime)
            {
                count++;
                sum += (ulong)candidate;
            }
        }

        return (count * 0x9E3779B97F4A7C15UL) + sum;
    }
}
