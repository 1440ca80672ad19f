using System.Diagnostics;
using System.Globalization;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Benchmarks;

/// <summary>Bare .NET programs that Brigade is compared with: no engine and no recording.</summary>
internal static class BareDotNet
{
    /// <summary><c>primes LIMIT TASKS</c> or <c>dispatch TASKS WORKERS</c> or <c>each TASKS WORKERS WINDOW</c>: prints tasks per second. <c>paced TASKS RATE</c>: prints how late a task starts at the 99th percentile, in milliseconds.</summary>
    public static int Run(string[] args)
    {
        if (args is [var verb] && verb is "echo" or "messages")
        {
            Action answer = verb is "echo" ? BareDispatch.Echo : BareMessages.Echo;
            answer();
            return 0;
        }

        var (first, second) = (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        var figure = args[0] switch
        {
            "dispatch" => BareDispatch.Run(first, second),
            "each" => BareMessages.Run(first, second, int.Parse(args[3], CultureInfo.InvariantCulture)),
            "paced" => Paced(first, second),
            _ => Loop(first, second),
        };
        Console.WriteLine(figure.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Paced(int tasks, int rate)
    {
        var late = new long[tasks];
        var begin = Stopwatch.GetTimestamp() + 10_000_000;
        for (var index = 0; index < tasks; index++)
        {
            var intended = begin + (index * 1_000_000_000L / rate);
            Native.SleepUntil(intended);
            late[index] = Stopwatch.GetTimestamp() - intended;
        }

        Array.Sort(late);
        return late[(int)(tasks * 0.99)] / 1e6;
    }

    /// <summary>A loop over the very kernel that the product runs.</summary>
    private static double Loop(int limit, int tasks)
    {
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
        return tasks / elapsed.TotalSeconds;
    }
}
