namespace Brigade.Contracts.Spec;

/// <summary>An experiment to start from.</summary>
/// <param name="Id">Stable name for links and tests.</param>
/// <param name="Title">A few words for a list.</param>
/// <param name="Description">One sentence: what it shows.</param>
public sealed record SpecPreset(string Id, string Title, string Description, ExperimentSpec Spec);

/// <summary>The experiments that the product offers to begin with: one for each class of workload, for what workers share and send to each other, and for the user's own code. Each takes at most about a minute on two cores.</summary>
public static class SpecPresets
{
    private const string Work = """"
        """Your own work: change it, and run it by every strategy."""

        import asyncio
        import time


        def task(index):
            """One task, for every strategy but async: wait for an answer, then work on it."""
            time.sleep(0.01)
            return digest(index)


        async def task_async(index):
            """The same task for the strategy async: other tasks run while this one awaits."""
            await asyncio.sleep(0.01)
            return digest(index)


        def digest(index):
            value = index
            for _ in range(10_000):
                value = (value * 31 + 7) % 1_000_003
            return value

        """";

    public static IReadOnlyList<SpecPreset> All { get; } = [Primes(), FastIo(), SlowIo(), Mixed(), SharedCounter(), Channels(), MyPython(), OpenLoad(), Crash(), Deadlock(), Advise(), Crossover()];

    public static SpecPreset? Find(string id) => All.FirstOrDefault(preset => string.Equals(preset.Id, id, StringComparison.Ordinal));

    private static SpecPreset Advise() => new(
        "advise",
        "Advise me",
        "A search: name the work and a time, and Brigade looks for the runtime, strategy and number of workers that do it best, with the runner-up and what each costs.",
        new ExperimentSpec
        {
            Name = "Advise me",
            Workload = Kernel("cpu.primes", ("limit", 20_000)),
            Matrix = SearchSpec.OpenMatrix() with { Runtime = [RuntimeNames.Python, RuntimeNames.DotNet] },
            Search = new SearchSpec { Budget = TimeSpan.FromSeconds(45) },
        });

    private static SpecPreset Primes() => new(
        "primes",
        "Prime numbers, in Python and .NET",
        "CPU-bound work: Python's threads take turns on one core, while processes, and threads in .NET, use them all.",
        new ExperimentSpec
        {
            Name = "Prime numbers in Python and .NET",
            Workload = Kernel("cpu.primes", ("limit", 20_000)),
            Matrix = new MatrixSpec { Runtime = [RuntimeNames.Python, RuntimeNames.DotNet], Workers = [1, 2] },
            // A duration, not a count: .NET does this work many times faster, and a race is worth watching only while both run.
            Load = new LoadSpec { Duration = TimeSpan.FromSeconds(1) },
            Warmup = new WarmupSpec { Tasks = 10 },
        });

    private static SpecPreset FastIo() => new(
        "fast-io",
        "Small files, written and read back",
        "Fast I/O: each task waits a short time for the disk, so that a few workers overlap their waiting and more of them add little.",
        new ExperimentSpec
        {
            Name = "Small files written and read back",
            Workload = Kernel("io.file", ("bytes", 16_384)),
            Matrix = new MatrixSpec { Runtime = [RuntimeNames.Python, RuntimeNames.DotNet], Workers = [1, 4] },
            Load = new LoadSpec { Tasks = 100 },
            Warmup = new WarmupSpec { Tasks = 10 },
        });

    private static SpecPreset SlowIo() => new(
        "slow-io",
        "Waiting for slow answers",
        "Slow I/O: every task waits 50 ms and computes nothing, so that sixteen threads, or one thread with an event loop, wait for sixteen answers at once.",
        new ExperimentSpec
        {
            Name = "Waiting for slow answers",
            Workload = Kernel("io.sleep", ("milliseconds", 50)),
            Matrix = new MatrixSpec { Runtime = [RuntimeNames.Python, RuntimeNames.DotNet], Workers = [16] },
            Load = new LoadSpec { Tasks = 64 },
            Warmup = new WarmupSpec { Tasks = 16 },
        });

    private static SpecPreset Mixed() => new(
        "mixed",
        "Some computing, some waiting",
        "Mixed work: 2 ms on the processor and 10 ms of waiting per task, so that neither more cores nor more waiting at once is the whole answer.",
        new ExperimentSpec
        {
            Name = "Some computing and some waiting",
            Workload = Kernel("mixed", ("cpuMilliseconds", 2), ("waitMilliseconds", 10)),
            Matrix = new MatrixSpec { Runtime = [RuntimeNames.Python, RuntimeNames.DotNet], Workers = [4] },
            Load = new LoadSpec { Tasks = 100 },
            Warmup = new WarmupSpec { Tasks = 10 },
        });

    private static SpecPreset SharedCounter() => new(
        "shared-counter",
        "Shared counter, with and without a lock",
        "Sharing: two workers count up one value. Without a lock updates get lost and the result is wrong; a lock, an atomic operation and a manager's process are right, at very different prices.",
        new ExperimentSpec
        {
            Name = "A shared counter with and without a lock",
            Workload = Kernel("shared.counter", ("increments", 500)),
            Matrix = new MatrixSpec
            {
                Runtime = [RuntimeNames.Python, RuntimeNames.DotNet],
                Strategy = [Strategy.Threads, Strategy.Processes],
                Workers = [2],
                Params = Sweep("mode", "none", "lock", "atomic", "manager"),
            },
            // A duration, not a count: one mode is a thousand times as fast as another.
            Load = new LoadSpec { Duration = TimeSpan.FromMilliseconds(500) },
            Warmup = new WarmupSpec { Tasks = 10 },
        });

    private static SpecPreset Channels() => new(
        "channels",
        "Channels compared",
        "Communication: a message goes to another process and back through a pipe, a queue, a manager's process and shared memory; what is best for short messages is not what is best for long ones.",
        new ExperimentSpec
        {
            Name = "Channels compared",
            Workload = new WorkloadSpec
            {
                Kernel = "ipc.transfer",
                Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["mode"] = ParameterValue.Of("round-trip") },
            },
            Matrix = new MatrixSpec
            {
                Runtime = [RuntimeNames.Python, RuntimeNames.DotNet],
                Strategy = [Strategy.Sequential],
                Workers = [1],
                Params = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal)
                {
                    ["channel"] = [ParameterValue.Of("pipe"), ParameterValue.Of("queue"), ParameterValue.Of("manager"), ParameterValue.Of("shared-memory")],
                    ["bytes"] = [ParameterValue.Of(64), ParameterValue.Of(65_536)],
                },
            },
            Load = new LoadSpec { Duration = TimeSpan.FromMilliseconds(500) },
            Warmup = new WarmupSpec { Tasks = 10 },
        });

    private static SpecPreset MyPython() => new(
        "my-python",
        "My own Python code",
        "Your code: a function that runs by every strategy of Python, and its async twin.",
        new ExperimentSpec
        {
            Name = "My own Python code",
            Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = Work } },
            Matrix = new MatrixSpec { Runtime = [RuntimeNames.Python], Workers = [1, 4] },
            Load = new LoadSpec { Tasks = 60 },
            Warmup = new WarmupSpec { Tasks = 10 },
        });

    private static SpecPreset OpenLoad() => new(
        "open-load",
        "Arrivals that do not wait",
        "Open load: 100 tasks of 12 ms arrive each second, whether or not those before them have ended. One worker falls behind and its queue grows; four keep up. Latency counts from the arrival, the waiting included.",
        new ExperimentSpec
        {
            Name = "Arrivals that do not wait",
            Workload = Kernel("mixed", ("cpuMilliseconds", 2), ("waitMilliseconds", 10)),
            Matrix = new MatrixSpec { Runtime = [RuntimeNames.Python, RuntimeNames.DotNet], Strategy = [Strategy.Threads, Strategy.Processes], Workers = [1, 4] },
            Load = new LoadSpec { Rate = 100, Duration = TimeSpan.FromSeconds(1) },
            Warmup = new WarmupSpec { Tasks = 10 },
        });

    private static SpecPreset Crash() => new(
        "crash",
        "A crash in threads and in processes",
        "Faults: the second worker is killed before its 20th task. A thread takes its whole process and the trial with it; a process takes only its own task, and is replaced while the others go on.",
        new ExperimentSpec
        {
            Name = "A crash in threads and in processes",
            Workload = Kernel("io.sleep", ("milliseconds", 5)),
            Matrix = new MatrixSpec { Runtime = [RuntimeNames.Python, RuntimeNames.DotNet], Strategy = [Strategy.Threads, Strategy.Processes], Workers = [2] },
            Load = new LoadSpec { Tasks = 100 },
            Warmup = new WarmupSpec { Tasks = 10 },
            Faults = [new FaultSpec(FaultKind.Crash, Worker: 1, AtTask: 20)],
        });

    private static SpecPreset Deadlock() => new(
        "deadlock",
        "Two locks in opposite order",
        "Deadlock: two workers each hold the lock that the other one waits for. Nothing goes on; the trial is ended, with the place where each worker stands. One worker alone never gets there.",
        new ExperimentSpec
        {
            Name = "Two locks in opposite order",
            Workload = Kernel("deadlock", ("holdMilliseconds", 20)),
            Matrix = new MatrixSpec { Runtime = [RuntimeNames.Python, RuntimeNames.DotNet], Strategy = [Strategy.Threads, Strategy.Processes], Workers = [1, 2] },
            Load = new LoadSpec { Tasks = 20 },
            Repeat = 1,
            Warmup = new WarmupSpec { Tasks = 2 },
        });

    private static SpecPreset Crossover() => new(
        "crossover",
        "Where do processes begin to pay?",
        "A map: short tasks are done before a process has been handed one, long ones are worth it; and the more a task carries, the longer it has to be.",
        new ExperimentSpec
        {
            Name = "Where processes begin to pay",
            Workload = new WorkloadSpec { Kernel = "cpu.primes" },
            Matrix = new MatrixSpec
            {
                Runtime = [RuntimeNames.Python],
                Strategy = [Strategy.Sequential, Strategy.Threads, Strategy.Processes],
                Workers = [2],
                PayloadBytes = [0, 65_536, 1_048_576],
                Params = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal) { ["limit"] = [ParameterValue.Of(500), ParameterValue.Of(5_000), ParameterValue.Of(50_000)] },
            },
            Load = new LoadSpec { Duration = TimeSpan.FromMilliseconds(700) },
            Warmup = new WarmupSpec { Tasks = 10 },
        });

    private static Dictionary<string, IReadOnlyList<ParameterValue>> Sweep(string name, params string[] values) =>
        new(StringComparer.Ordinal) { [name] = [.. values.Select(ParameterValue.Of)] };

    private static WorkloadSpec Kernel(string name, params (string Name, long Value)[] parameters) =>
        new() { Kernel = name, Params = parameters.ToDictionary(pair => pair.Name, pair => ParameterValue.Of(pair.Value), StringComparer.Ordinal) };
}
