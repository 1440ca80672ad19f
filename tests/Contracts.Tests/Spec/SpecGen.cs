using Brigade.Contracts.Spec;
using CsCheck;

namespace Brigade.Contracts.Tests.Spec;

/// <summary>Valid specs of every shape that is executed.</summary>
internal static class SpecGen
{
    private static readonly Gen<string> Line = Gen.OneOf(
        Gen.Char[' ', '~'].Array[0, 12].Select(chars => new string(chars)),
        OneOf("    return index", "\t# tab", "", "  ", "- a: b", "äöü 素数", "😀", "'''", "\"\"\"", "\r", "\u2028\u0085\u0007", "---", "...", "%TAG", "\uFEFF"));

    private static readonly Gen<string> Source = Gen.Select(Line.Array[0, 8], OneOf("", "\n", "\n\n", " ", "\n ")).Select((lines, end) => "#" + string.Join('\n', lines) + end);

    private static readonly Gen<TimeSpan> Duration = Gen.OneOf(
        Gen.Int[1, 20_000].Select(ms => TimeSpan.FromMilliseconds(ms)),
        Gen.Long[TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerSecond * 20].Select(TimeSpan.FromTicks));

    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.Char["abcXYZ019._- ä素"].Array[1, 20].Select(chars => "n" + new string(chars).TrimEnd()),
        OneOf("null", "true", "1", "1.5", "-", "--", "1e5", "0x10"));

    private static readonly Gen<WorkloadSpec> Workload = Gen.OneOf(
        Gen.Int[2, 100_000].Select(limit => Kernel("cpu.primes", ("limit", ParameterValue.Of(limit)))),
        Gen.Double[0, 1_000].Select(time => Kernel("io.sleep", ("milliseconds", ParameterValue.Of(time)))),
        Gen.Select(Gen.Double[0, 10], Gen.Int[0, 10]).Select((cpu, wait) => Kernel("mixed", ("cpuMilliseconds", ParameterValue.Of(cpu)), ("waitMilliseconds", ParameterValue.Of(wait)))),
        OneOf("http://127.0.0.1:8080/", "https://localhost/a?b={c}&d=#e").Select(url => Kernel("io.http", ("url", ParameterValue.Of(url)))),
        Gen.Const(Kernel("noop")),
        Gen.Select(Source, OneOf<string?>(null, "work.py", "a b/c: d.py")).Select((source, file) => new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = source, File = file } }));

    private static readonly Gen<MatrixSpec> Matrix = Gen.Select(
        Some("python", "dotnet", "python3", "python3.11", "python3.13t"),
        Some(Strategy.Sequential, Strategy.Threads, Strategy.Async, Strategy.Pool, Strategy.Processes),
        Some(1, 2, 4, 256),
        Gen.OneOf(Gen.Const<IReadOnlyList<StartMethod>>([]), Some(StartMethod.Fork, StartMethod.Spawn, StartMethod.Forkserver)),
        Some(1, 64, 1_000_000))
        .Select((runtime, strategy, workers, start, chunk) => new MatrixSpec { Runtime = ["python3.12", .. runtime], Strategy = strategy, Workers = workers, StartMethod = start, ChunkSize = chunk });

    private static readonly Gen<(LimitsSpec Limits, IReadOnlyList<string> Thresholds, IReadOnlyList<string> Abort, IReadOnlyList<string> Tags, int? Seed, TrialOrder Order)> Rest = Gen.Select(
        Gen.Select(Gen.Int[41, 5_000], Gen.Long[16L << 20, 1L << 45].Nullable(), OneOf<string?>(null, "0", "0-1,3", "1,0"), Gen.Int[8, 32_768].Nullable(), Gen.Int[1, 3_600].Nullable(), Gen.Long[1L << 20, LimitsSpec.MostOutput].Nullable()).Select((seconds, memory, cpus, processes, cpu, bytes) => new LimitsSpec
        {
            TrialTimeout = TimeSpan.FromSeconds(seconds), Memory = memory, CpuSet = cpus, Processes = processes, CpuTime = cpu is { } time ? TimeSpan.FromSeconds(time) : null, Disk = bytes, Output = bytes,
        }),
        Gen.OneOf(Gen.Const<IReadOnlyList<string>>([]), Some("latency.p99 < 250ms", "errors.ratio<1%", "throughput >= 100/s", " memory.peak < 1GB")),
        Gen.OneOf(Gen.Const<IReadOnlyList<string>>([]), Some("errors.ratio < 5%", "latency.p50<1s", " memory.peak < 1GB")),
        Gen.OneOf(Gen.Const<IReadOnlyList<string>>([]), Some("demo", "a, b", "[x]", "null", "3", "#x", "a: b", "ä", "*a", "\"q\"")),
        Gen.Int.Nullable(),
        Gen.Enum<TrialOrder>());

    private static readonly Gen<double> Rate = Gen.OneOf(Gen.Double[0.001, 100_000], Gen.Int[1, 1_000].Select(rate => (double)rate), Gen.Int[1, 100].Select(rate => rate / 60.0));

    private static readonly Gen<LoadSpec> Open = Gen.Select(
        Gen.OneOf(
            Gen.Select(Rate, Duration).Select((rate, time) => new LoadSpec { Rate = rate, Duration = time }),
            Gen.Select(Rate, Duration).Select((rate, time) => new StageSpec(rate, time)).Array[1, 3].Select(stages => new LoadSpec { Stages = stages })),
        Gen.Int[256, 1_000_000].Nullable()).Select((load, inFlight) => load with { MaxInFlight = inFlight });

    private static readonly Gen<StopSpec?> Stop = Gen.OneOf(
        OneOf(new StopSpec?[] { null }),
        Gen.Select(Gen.OneOf(OneOf(0.02, 0.015, 1.0 / 3, 1), Gen.Double[0.000_001, 1]), Gen.Int[2, 5]).Select((error, least) => (StopSpec?)new StopSpec { RelativeError = error, AtLeast = least }));

    /// <summary>Searches, which leave lists of the matrix out or name them.</summary>
    public static readonly Gen<ExperimentSpec> SearchSpecs = Gen.Select(
        Gen.Select(Name, Workload, Gen.Bool),
        Gen.Select(Gen.OneOf(Gen.Const<IReadOnlyList<string>>([]), Some("python", "python3.11")), Gen.OneOf(Gen.Const<IReadOnlyList<Strategy>>([]), Some(Strategy.Sequential, Strategy.Threads, Strategy.Processes)), Gen.OneOf(Gen.Const<IReadOnlyList<int>>([]), Some(1, 2, 16))),
        Gen.Select(Gen.Int[2, 3_600], Gen.OneOf(OneOf(0.03, 0.1), Gen.Double[0.005, 0.5])))
        .Select((head, matrix, search) => new ExperimentSpec
        {
            Name = head.Item1,
            Workload = head.Item2,
            Matrix = SearchSpec.OpenMatrix() with { Runtime = matrix.Item1, Strategy = matrix.Item2, Workers = matrix.Item3, PayloadBytes = head.Item3 ? [1024] : [0] },
            Search = new SearchSpec { Budget = TimeSpan.FromSeconds(search.Item1), Difference = search.Item2 },
        })
        .Where(spec => SpecValidator.Validate(spec).Count == 0);

    /// <summary>Some of them bring a plan that is too large; those are not valid and have to be filtered by the user.</summary>
    public static readonly Gen<ExperimentSpec> Spec = Gen.Select(
        Gen.Select(Name, Workload, Matrix),
        Gen.Select(Gen.OneOf(Gen.Long[1, 1_000_000_000].Select(tasks => new LoadSpec { Tasks = tasks }), Duration.Select(time => new LoadSpec { Duration = time }), Open), Gen.Int[1, 5], Stop),
        Gen.OneOf(Gen.Long[0, 1_000].Select(tasks => new WarmupSpec { Tasks = tasks }), Duration.Select(time => new WarmupSpec { Duration = time })),
        Rest,
        Gen.Bool)
        .Select((head, work, warmup, rest, isSwept) => new ExperimentSpec
        {
            Name = head.Item1,
            Workload = head.Item2,
            Matrix = isSwept ? Swept(head.Item3, head.Item2) : head.Item3,
            Load = work.Item1,
            Repeat = work.Item2,
            Stop = work.Item3?.AtLeast <= work.Item2 ? work.Item3 : null,
            Warmup = warmup,
            Order = rest.Order,
            Seed = rest.Seed,
            Limits = rest.Limits,
            Thresholds = rest.Thresholds,
            Abort = rest.Abort,
            Tags = rest.Tags,
        })
        .Where(spec => SpecValidator.Validate(spec).Count == 0);

    private static MatrixSpec Swept(MatrixSpec matrix, WorkloadSpec workload) => workload.Kernel is "cpu.primes"
        ? matrix with { Params = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal) { ["limit"] = [ParameterValue.Of(100), ParameterValue.Of(200)] } }
        : matrix;

    private static WorkloadSpec Kernel(string name, params (string Name, ParameterValue Value)[] parameters) =>
        new() { Kernel = name, Params = parameters.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal) };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    /// <summary>One or more of the values, none twice, in any order.</summary>
    private static Gen<IReadOnlyList<T>> Some<T>(params T[] values) =>
        Gen.Select(Gen.Shuffle(values), Gen.Int[1, values.Length]).Select((shuffled, count) => (IReadOnlyList<T>)[.. shuffled.Take(count)]);
}
