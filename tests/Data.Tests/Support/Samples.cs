using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Data.Tests.Support;

/// <summary>Values with every part set, so that a part that is not stored is noticed.</summary>
internal static class Samples
{
    public static Machine Machine { get; } = new("host", 2, 8_000_000_000, "Debian 12", "A processor", "performance", 0.5, [new("python3.11", "python", "3.11.2", "/usr/bin/python3.11", Gil: true, IsDefault: true)])
    {
        OtherLoad = 0.25,
        Version = "0.1.0",
        ProcessorLimit = 1.5,
        MemoryLimitBytes = 4_000_000_000,
        CpuSet = "0-1",
    };

    public static ExperimentSpec Spec(string name, params string[] tags) => new()
    {
        Name = name,
        Workload = new WorkloadSpec { Kernel = "cpu.primes", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(2_000) } },
        Matrix = new MatrixSpec { Runtime = ["dotnet", "python"], Strategy = [Strategy.Sequential, Strategy.ProcessPerTask], Workers = [1, 2], StartMethod = [StartMethod.Spawn] },
        Seed = 7,
        Thresholds = ["errors.ratio < 1%"],
        Tags = tags,
    };

    public static TrialPlan Plan(int trials = 4)
    {
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(2_000), ["label"] = ParameterValue.Of("x") };
        return new TrialPlan(
            [
                new Cell("python", Strategy.Sequential, 1, null, null, null, 0, parameters),
                new Cell("python", Strategy.Processes, 2, Channel.SharedMemory, StartMethod.Spawn, 64, 1024, parameters),
            ],
            [.. Enumerable.Range(0, trials).Select(index => new PlannedTrial(index, index % 2, 1 + (index / 2)))],
            42,
            ["a note"]);
    }

    public static TrialResult Trial(int index, TrialStatus status = TrialStatus.Completed) => new()
    {
        Index = index,
        Cell = index % 2,
        Repetition = 1 + (index / 2),
        Status = status,
        Runtime = "python3.11",
        Tasks = 200,
        Errors = 2,
        Lost = 1,
        Offered = 205,
        Dropped = 4,
        Replaced = 1,
        RecoveryMs = 45.5,
        WallMs = 1234.5678901234567,
        ThroughputPerSecond = 162.3,
        Latency = new Latency { Kind = "response", P50Ms = 1.1, P90Ms = 1.2, P95Ms = 1.3, P99Ms = 1.4, P999Ms = 1.5, MaxMs = 1.6, MeanMs = 1.15 },
        Uncorrected = new Latency { Kind = "service", P50Ms = 0.1, P90Ms = 0.2, P95Ms = 0.3, P99Ms = 0.4, P999Ms = 0.5, MaxMs = 0.6, MeanMs = 0.15 },
        SchedulingP99Ms = 0.7,
        CpuUserMs = 1000.25,
        CpuSystemMs = 20.5,
        SwitchesVoluntary = 300,
        SwitchesInvoluntary = 40,
        PeakMemoryBytes = 5_000_000_000,
        StartupMs = 80.1,
        SerializationMs = 3.3,
        ChannelMs = 4.4,
        OtherLoad = 0.3,
        ThrottledMs = 12.5,
        RunDelayMs = 7.5,
        WorkerCpuMs = 812.5,
        BetweenTasksMs = 31.5,
        IdleMs = 12.25,
        Drift = -0.2,
        Figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["longestLoopBlockMs"] = 81.5, ["lostUpdates"] = 1234 },
        Checksum = "0123456789abcdef",
        Warnings = ["The load of other programs was high."],
        Failure = status == TrialStatus.Completed ? "" : "It failed.",
        TaskErrors = [new TaskError(7, 1, "ValueError: no", "Traceback\n  line 1")],
        Histogram = [28, 132, 147, 4, (byte)index],
        UncorrectedHistogram = [28, 132, 147, 5, (byte)index],
    };

    public static Frame Frame(int trial, int number) => new(
        trial, number, number % 10 == 9 ? 37.5 : 100, 50 + (number % 7), number % 3, 1.5 + number, 2.5, 3.5, [1, 2, (byte)number], 90.5, 5.25, 50_000_000 + number, 12, 3,
        [new WorkerFrame(0, WorkerState.Running, 0.97, 0.9, 25), new WorkerFrame(1, WorkerState.Waiting, 0.5, null, 25 + number)])
    {
        Spans = number % 4 == 3 ? null : new TaskSpans([0, 0, 1], [-123_456 - number, 12 + number, 0], [123_400, 7, 999_999], number % 2 == 0 ? [] : [0, 2]),
    };

    public static IReadOnlyList<Frame> Frames(int trial, int first, int count) => [.. Enumerable.Range(first, count).Select(number => Frame(trial, number))];

    /// <summary>Records with lists compare by reference; their JSON compares by value.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, BrigadeJson.Options);
}
