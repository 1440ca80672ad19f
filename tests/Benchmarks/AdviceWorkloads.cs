using Brigade.Contracts.Spec;

namespace Brigade.Benchmarks;

/// <summary>One kind of work of the advice suite, with the candidates that are measured all.</summary>
internal sealed record AdviceWorkload(string Title, WorkloadSpec Work, MatrixSpec Matrix);

/// <summary>Work of every class, in Python and .NET: which cell is best differs from one to the next.</summary>
internal static class AdviceWorkloads
{
    private static readonly Strategy[] Most = [Strategy.Sequential, Strategy.Threads, Strategy.Async, Strategy.Pool, Strategy.Processes];
    private static readonly Strategy[] NoLoop = [Strategy.Sequential, Strategy.Threads, Strategy.Pool, Strategy.Processes];

    /// <param name="url">A server that answers at once.</param>
    public static IReadOnlyList<AdviceWorkload> All(string url) =>
    [
        Of("python", "CPU, 1 ms", "cpu.primes", Most, [2, 4], ("limit", 5_000)),
        Of("python", "tiny tasks", "noop", NoLoop, [2], chunks: [1, 64]),
        Of("python", "slow I/O, 50 ms", "io.sleep", Most, [4, 16, 64], ("milliseconds", 50)),
        Of("python", "CPU that releases the GIL (SHA-256)", "cpu.sha256", Most, [2, 4], ("bytes", 1_048_576)),
        Of("dotnet", "CPU, 1 ms", "cpu.primes", Most, [2, 4], ("limit", 50_000)),
        Of("dotnet", "tiny tasks", "noop", Most, [2, 4]),
        Of("dotnet", "slow I/O, 20 ms", "io.sleep", Most, [4, 16, 64], ("milliseconds", 20)),
        Of("python", "mixed, 2 ms and 10 ms", "mixed", Most, [2, 4, 16], ("cpuMilliseconds", 2), ("waitMilliseconds", 10)),
        Of("python", "heavy payload, 1 MiB", "cpu.primes", NoLoop, [2], 1_048_576, ("limit", 2_000)),
        Of("python", "memory, copies of 16 MiB", "memory.stream", NoLoop, [2, 4]),
        Of("python", "fast I/O, files", "io.file", Most, [2, 8]),
        Of("dotnet", "mixed, 2 ms and 10 ms", "mixed", Most, [2, 4, 16], ("cpuMilliseconds", 2), ("waitMilliseconds", 10)),
        Of("python", "CPU that releases the GIL (zlib)", "cpu.compress", Most, [2, 4], ("bytes", 262_144)),
        Of("python", "CPU, JSON", "cpu.json", Most, [2, 4]),
        Of("python", "CPU, 10 ms", "cpu.pi", Most, [2, 4], ("points", 50_000)),
        Of("python", "memory, steps through 16 MiB", "memory.random", NoLoop, [2, 4]),
        Of("python", "fast I/O, TCP", "io.tcp", Most, [2, 8]),
        Of("python", "fast I/O, HTTP", "io.http", Most, [2, 8], ("url", url)),
        Of("python", "short waits, 5 ms", "io.sleep", Most, [4, 16, 64], ("milliseconds", 5)),
        Of("python", "mixed, 1 ms and 30 ms", "mixed", Most, [4, 16, 64], ("cpuMilliseconds", 1), ("waitMilliseconds", 30)),
        Of("dotnet", "CPU, SHA-256", "cpu.sha256", Most, [2, 4], ("bytes", 1_048_576)),
        Of("dotnet", "heavy payload, 1 MiB", "cpu.primes", NoLoop, [2], 1_048_576, ("limit", 20_000)),
        Of("dotnet", "memory, copies of 16 MiB", "memory.stream", NoLoop, [2, 4]),
        Of("dotnet", "fast I/O, files", "io.file", Most, [2, 8]),
        Of("dotnet", "fast I/O, HTTP", "io.http", Most, [2, 8], ("url", url)),
        Of("dotnet", "fast I/O, Unix sockets", "io.unix-socket", Most, [2, 8]),
    ];

    private static AdviceWorkload Of(string runtime, string title, string kernel, Strategy[] strategies, int[] workers, params (string Name, object Value)[] parameters) =>
        Of(runtime, title, kernel, strategies, workers, [1], 0, parameters);

    private static AdviceWorkload Of(string runtime, string title, string kernel, Strategy[] strategies, int[] workers, int[] chunks) =>
        Of(runtime, title, kernel, strategies, workers, chunks, 0, []);

    private static AdviceWorkload Of(string runtime, string title, string kernel, Strategy[] strategies, int[] workers, int payload, params (string Name, object Value)[] parameters) =>
        Of(runtime, title, kernel, strategies, workers, [1], payload, parameters);

    private static AdviceWorkload Of(string runtime, string title, string kernel, Strategy[] strategies, int[] workers, int[] chunks, int payload, (string Name, object Value)[] parameters) => new(
        $"{(runtime == "dotnet" ? ".NET" : "Python")}: {title}",
        new WorkloadSpec { Kernel = kernel, Params = parameters.ToDictionary(pair => pair.Name, pair => pair.Value is string text ? ParameterValue.Of(text) : ParameterValue.Of((int)pair.Value), StringComparer.Ordinal) },
        new MatrixSpec { Runtime = [runtime], Strategy = strategies, Workers = workers, ChunkSize = chunks, PayloadBytes = [payload], Channel = payload > 0 ? [Channel.Pipe, Channel.SharedMemory] : [Channel.Pipe] });
}
