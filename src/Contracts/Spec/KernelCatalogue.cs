namespace Brigade.Contracts.Spec;

/// <summary>What a workload is made to show.</summary>
public enum WorkloadClass
{
    /// <summary>The cost of dispatch itself.</summary>
    Overhead,
    CpuBound,
    FastIo,
    SlowIo,
    Mixed,
}

/// <summary>One parameter of a kernel. <see cref="Minimum"/> and <see cref="Maximum"/> are inclusive and apply to numbers.</summary>
/// <param name="Default">Null where the user has to give it.</param>
public sealed record KernelParameter(string Name, string Description, ParameterValue? Default, double Minimum = 0, double Maximum = 0, bool IsText = false, bool IsWhole = true);

/// <summary>One built-in kernel, which every runtime has with equal checksums.</summary>
public sealed record KernelInfo(string Name, string Description, WorkloadClass Class, IReadOnlyList<KernelParameter> Parameters);

/// <summary>The built-in kernels. Each runtime implements each of them in one file named after the kernel.</summary>
public static class KernelCatalogue
{
    public static IReadOnlyList<KernelInfo> All { get; } =
    [
        new("noop", "Does nothing: what remains is the cost of dispatch.", WorkloadClass.Overhead, []),
        new("cpu.primes", "Finds the primes below a limit by trial division.", WorkloadClass.CpuBound,
            [new("limit", "primes below this number", ParameterValue.Of(2_000), 2, 10_000_000)]),
        new("cpu.pi", "Estimates pi by random points in a square (Monte Carlo).", WorkloadClass.CpuBound,
            [new("points", "points per task", ParameterValue.Of(5_000), 1, 1_000_000_000), new("seed", "seed of the random sequence", ParameterValue.Of(1), 0, int.MaxValue)]),
        new("cpu.sha256", "Hashes a buffer with SHA-256; native code, which releases Python's GIL.", WorkloadClass.CpuBound,
            [new("bytes", "size of the buffer", ParameterValue.Of(1_048_576), 0, 1_073_741_824)]),
        new("io.sleep", "Waits for a given time and uses no processor.", WorkloadClass.SlowIo,
            [new("milliseconds", "how long to wait", ParameterValue.Of(50), 0, 600_000, IsWhole: false)]),
        new("io.http", "Fetches a URL with GET and reads the whole body.", WorkloadClass.FastIo,
            [new("url", "an http:// or https:// address", null, IsText: true)]),
        new("io.file", "Writes a file, syncs it to disk and reads it back.", WorkloadClass.FastIo,
            [new("bytes", "size of the file", ParameterValue.Of(16_384), 0, 1_073_741_824)]),
        new("mixed", "Computes for a given processor time, then waits.", WorkloadClass.Mixed,
            [new("cpuMilliseconds", "processor time per task", ParameterValue.Of(2), 0, 600_000, IsWhole: false), new("waitMilliseconds", "waiting time per task", ParameterValue.Of(10), 0, 600_000, IsWhole: false)]),
    ];

    public static KernelInfo? Find(string name) => All.FirstOrDefault(kernel => string.Equals(kernel.Name, name, StringComparison.Ordinal));
}
