using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Tests;

/// <summary>Runs that several tests start from, with figures as they are measured on two cores.</summary>
internal static class Runs
{
    public const string Python = "python3.11";
    public const string DotNet = "dotnet";

    /// <summary>Primes in Python: threads do not scale, processes do.</summary>
    public static RunBuilder PythonPrimes(int cores = 2) => new RunBuilder { Cores = cores }.Add(
        new(Python, Strategy.Sequential, 1, 100, 101, 99),
        new(Python, Strategy.Threads, 2, 102, 103, 101) { Cpu = 1.01, TaskMs = 20, MemoryMiB = 21 },
        new(Python, Strategy.Async, 2, 100, 99, 100),
        new(Python, Strategy.Pool, 2, 101, 102, 100) { Cpu = 1.01, TaskMs = 20, MemoryMiB = 22 },
        new(Python, Strategy.Processes, 2, 183, 184, 182) { Cpu = 1.9, MemoryMiB = 48 });

    /// <summary>Primes in .NET: threads, pool and processes scale.</summary>
    public static RunBuilder DotNetPrimes() => new RunBuilder().Add(
        new(DotNet, Strategy.Sequential, 1, 4_000, 4_010, 3_990) { TaskMs = 0.25 },
        new(DotNet, Strategy.Threads, 2, 7_680, 7_690, 7_670) { Cpu = 1.98, TaskMs = 0.25 },
        new(DotNet, Strategy.Processes, 2, 7_400, 7_410, 7_390) { Cpu = 1.98, TaskMs = 0.25, MemoryMiB = 60 });

    /// <summary>Waits of 50 ms in Python: threads and async overlap them.</summary>
    public static RunBuilder PythonSleeps() => new RunBuilder { Workload = new() { Kernel = "io.sleep" } }.Add(
        new(Python, Strategy.Sequential, 1, 19.9, 19.9, 19.8) { Cpu = 0.01, TaskMs = 50 },
        new(Python, Strategy.Threads, 16, 315, 317, 316) { Cpu = 0.08, TaskMs = 50, MemoryMiB = 22 },
        new(Python, Strategy.Async, 16, 316, 317, 318) { Cpu = 0.05, TaskMs = 50 },
        new(Python, Strategy.Processes, 16, 300, 301, 302) { Cpu = 0.2, TaskMs = 50, MemoryMiB = 180 });
}
