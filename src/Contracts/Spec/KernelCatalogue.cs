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

    /// <summary>The memory's bandwidth or latency, which all cores share.</summary>
    Memory,

    /// <summary>What it costs that workers share something or talk to each other.</summary>
    Sharing,
}

/// <summary>One parameter of a kernel. <see cref="Minimum"/> and <see cref="Maximum"/> are inclusive and apply to numbers.</summary>
/// <param name="Default">Null where the user has to give it.</param>
/// <param name="Choices">The texts that are allowed; null where any is, or where it is a number.</param>
public sealed record KernelParameter(
    string Name, string Description, ParameterValue? Default, double Minimum = 0, double Maximum = 0, bool IsText = false, bool IsWhole = true, IReadOnlyList<string>? Choices = null);

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
        new("cpu.matrix", "Multiplies two square matrices of whole numbers; the work grows with the cube of their size.", WorkloadClass.CpuBound,
            [new("size", "rows and columns of each matrix", ParameterValue.Of(64), 1, 1_000)]),
        new("cpu.json", "Builds a document, writes it as JSON, reads it back and adds up what it read.", WorkloadClass.CpuBound,
            [new("items", "objects in the document", ParameterValue.Of(200), 1, 1_000_000)]),
        new("cpu.compress", "Compresses a text with zlib at level 6, decompresses and hashes it; native code, which releases Python's GIL.", WorkloadClass.CpuBound,
            [new("bytes", "size of the text", ParameterValue.Of(65_536), 1, 268_435_456)]),
        new("memory.stream", "Copies one buffer to another from the first byte to the last: the memory's bandwidth; one native copy in every runtime, which holds Python's GIL.", WorkloadClass.Memory,
            [new("mebibytes", "size of each of the two buffers that every worker has", ParameterValue.Of(16), 1, 1_024)]),
        new("memory.random", "Follows a chain through a table, each step to an unforeseeable place: the memory's latency; in Python the interpreter's own steps are in it.", WorkloadClass.Memory,
            [new("mebibytes", "size of the table, which the workers of a process share", ParameterValue.Of(16), 1, 1_024), new("steps", "steps per task", ParameterValue.Of(10_000), 1, 1_000_000_000)]),
        new("io.sleep", "Waits for a given time and uses no processor.", WorkloadClass.SlowIo,
            [new("milliseconds", "how long to wait", ParameterValue.Of(50), 0, 600_000, IsWhole: false)]),
        new("io.http", "Fetches a URL with GET and reads the whole body.", WorkloadClass.FastIo,
            [new("url", "an http:// or https:// address", null, IsText: true)]),
        new("io.file", "Writes a file, syncs it to disk and reads it back.", WorkloadClass.FastIo,
            [new("bytes", "size of the file", ParameterValue.Of(16_384), 0, 1_073_741_824)]),
        new("io.tcp", "Sends a message over TCP to an echo server in a process of its own, and waits until it is back; each worker keeps its connection.", WorkloadClass.FastIo,
            [new("bytes", "size of the message", ParameterValue.Of(64), 1, 16_777_216)]),
        new("io.unix-socket", "Sends a message over a Unix domain socket to an echo server in a process of its own, and waits until it is back; each worker keeps its connection.", WorkloadClass.FastIo,
            [new("bytes", "size of the message", ParameterValue.Of(64), 1, 16_777_216)]),
        new("shared.counter", "All workers count up one value: with a lock, without (updates get lost), through a manager's process, atomically, or each task for itself with one addition at its end.", WorkloadClass.Sharing,
            [
                new("mode", "how the value is shared", ParameterValue.Of("lock"), IsText: true, Choices: ["lock", "none", "manager", "atomic", "local"]),
                new("increments", "increments per task", ParameterValue.Of(500), 1, 1_000_000_000),
            ]),
        new("shared.collection", "All workers count into one dictionary or list: through a manager's process, or in a copy for each task that is merged at its end.", WorkloadClass.Sharing,
            [
                new("kind", "the type of the collection", ParameterValue.Of("dictionary"), IsText: true, Choices: ["dictionary", "list"]),
                new("mode", "how the collection is shared", ParameterValue.Of("manager"), IsText: true, Choices: ["manager", "local"]),
                new("items", "updates per task", ParameterValue.Of(500), 1, 1_000_000_000),
            ]),
        new("ipc.transfer", "Sends messages through a channel to a process of each worker's own, one way or there and back: messages and megabytes per second.", WorkloadClass.Sharing,
            [
                new("channel", "what carries the messages", ParameterValue.Of("pipe"), IsText: true, Choices: ["pipe", "queue", "manager", "shared-memory"]),
                new("mode", "whether the other process sends each message back", ParameterValue.Of("round-trip"), IsText: true, Choices: ["round-trip", "one-way"]),
                new("bytes", "size of the message", ParameterValue.Of(64), 1, 67_108_864),
            ]),
        new("deadlock", "Tasks take two locks, every other one in the opposite order, until two workers wait for each other: the trial ends as failed and names them. One worker alone, and the coroutines of async, never do.", WorkloadClass.Sharing,
            [new("holdMilliseconds", "how long a task with its first lock waits for another task to take the other lock", ParameterValue.Of(20), 0, 60_000, IsWhole: false)]),
        new("mixed", "Computes for a given processor time, then waits.", WorkloadClass.Mixed,
            [new("cpuMilliseconds", "processor time per task", ParameterValue.Of(2), 0, 600_000, IsWhole: false), new("waitMilliseconds", "waiting time per task", ParameterValue.Of(10), 0, 600_000, IsWhole: false)]),
    ];

    public static KernelInfo? Find(string name) => All.FirstOrDefault(kernel => string.Equals(kernel.Name, name, StringComparison.Ordinal));
}
