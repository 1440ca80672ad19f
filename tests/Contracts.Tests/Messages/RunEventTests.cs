using System.Text.Json;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Messages;

/// <summary>Every event goes to JSON and back; the text is fixed, as journals on disk and other versions hold it.</summary>
public sealed class RunEventTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void RunStarted_RoundTrip_KeepsMachineAndPlan()
    {
        var plan = new TrialPlan(
            [new Cell("python", Strategy.Processes, 2, Channel.SharedMemory, StartMethod.Forkserver, 64, 0, Params()), new Cell("dotnet", Strategy.Threads, 1, null, null, null, 0, Params())],
            [new PlannedTrial(0, 1, 1), new PlannedTrial(1, 0, 1)],
            -7,
            ["1 cell folded: x."]);
        var machine = new Machine("host", 2, 1L << 33, "Linux", "CPU", "", 0.25, [new RuntimeInfo("python3.13t", "python", "3.13.1", "/usr/bin/python3", false, true), new RuntimeInfo("dotnet", "dotnet", "10", "", null, false)]);

        var read = RoundTrip(new RunStarted(At, machine, plan));

        Assert.Equal(At, read.At);
        Assert.Equal(machine.Runtimes, read.Machine.Runtimes);
        Assert.Equal(plan.Trials, read.Plan.Trials);
        Assert.Equal((-7, "1 cell folded: x."), (read.Plan.Seed, Assert.Single(read.Plan.Notes)));
        Assert.Equal(plan.Cells.Select(cell => cell with { Params = NoParams }), read.Plan.Cells.Select(cell => cell with { Params = NoParams }));
        Assert.Equal([("limit", ParameterValue.Of(5)), ("url", ParameterValue.Of("7"))], read.Plan.Cells[0].Params.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void TrialStarted_RoundTrip_IsTheSame()
    {
        var started = new TrialStarted(At, 3);

        Assert.Equal(started, RoundTrip(started));
        Assert.Equal("""{"type":"trial-started","at":"2026-01-02T03:04:05+00:00","trial":3}""", JsonSerializer.Serialize<RunEvent>(started, BrigadeJson.Options));
    }

    [Fact]
    public void TrialMeasuring_RoundTrip_IsTheSame() => Assert.Equal(new TrialMeasuring(3, 12.5), RoundTrip(new TrialMeasuring(3, 12.5)));

    [Fact]
    public void FrameRecorded_RoundTrip_KeepsHistogramAndWorkers()
    {
        var frame = new Frame(3, 7, 99.5, 100, 2, 1.5, 2.5, 3.5, [0, 1, 255], 88.8, 1.1, 1L << 40, 5, 6, [new WorkerFrame(0, WorkerState.Waiting, 0.5, 0.25, 10), new WorkerFrame(1, WorkerState.Gone, 0, null, 0)]);

        var read = RoundTrip(new FrameRecorded(frame)).Frame;

        Assert.Equal(frame.Histogram, read.Histogram);
        Assert.Equal(frame.Workers, read.Workers);
        Assert.Equal(frame, read with { Histogram = frame.Histogram, Workers = frame.Workers });
    }

    [Fact]
    public void FrameRecorded_RoundTrip_KeepsItsTasksOneByOne()
    {
        var frame = new Frame(3, 7, 100, 2, 1, 1, 2, 3, [], 0, 0, 0, 0, 0, []) { Spans = new TaskSpans([0, 1], [-5, 70_000], [1_000_000, 3], [1]) };

        var read = RoundTrip(new FrameRecorded(frame)).Frame.Spans!;

        Assert.Equal([0, 1], read.Workers);
        Assert.Equal([-5, 70_000], read.Starts);
        Assert.Equal([1_000_000, 3], read.Durations);
        Assert.Equal([1], read.Errors);
        Assert.Equal(2, read.Count);
    }

    [Fact]
    public void TrialEnded_RoundTrip_KeepsTheWholeSummary()
    {
        var result = new TrialResult
        {
            Index = 1,
            Cell = 2,
            Repetition = 3,
            Status = TrialStatus.TimedOut,
            Runtime = "python3.11",
            Tasks = 4,
            Errors = 5,
            Lost = 6,
            Offered = 30,
            Dropped = 20,
            Replaced = 2,
            RecoveryMs = 45.5,
            WallMs = 7.5,
            ThroughputPerSecond = 8.5,
            Latency = new Latency { Kind = "response", P50Ms = 1, P90Ms = 2, P95Ms = 3, P99Ms = 4, P999Ms = 5, MaxMs = 6, MeanMs = 7 },
            Uncorrected = new Latency { P50Ms = 0.1, MeanMs = 0.7 },
            SchedulingP99Ms = 0.9,
            CpuUserMs = 9.5,
            CpuSystemMs = 10.5,
            SwitchesVoluntary = 11,
            SwitchesInvoluntary = 12,
            PeakMemoryBytes = 13,
            StartupMs = 14.5,
            SerializationMs = 15.5,
            ChannelMs = 16.5,
            OtherLoad = 0.25,
            ThrottledMs = 17.5,
            RunDelayMs = 18.5,
            WorkerCpuMs = 19.5,
            BetweenTasksMs = 20.5,
            IdleMs = 21.5,
            Drift = -0.1,
            Figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["lostUpdates"] = 1234 },
            Checksum = "0123456789abcdef",
            Warnings = ["w"],
            Failure = "f",
            TaskErrors = [new TaskError(17, 1, "ValueError: ä", "line 1\nline 2")],
            Histogram = [1, 2, 3],
            UncorrectedHistogram = [4, 5],
        };

        var read = RoundTrip(new TrialEnded(At, result)).Result;

        Assert.Equal(["w"], read.Warnings, StringComparer.Ordinal);
        Assert.Equal(result.TaskErrors, read.TaskErrors);
        Assert.Equal(result.Histogram, read.Histogram);
        Assert.Equal(result.UncorrectedHistogram, read.UncorrectedHistogram);
        Assert.Equal(result.Figures, read.Figures);
        Assert.Equal(result, read with { Warnings = result.Warnings, TaskErrors = result.TaskErrors, Histogram = result.Histogram, UncorrectedHistogram = result.UncorrectedHistogram, Figures = result.Figures });
    }

    [Fact]
    public void RunEnded_RoundTrip_IsTheSame() => Assert.Equal(new RunEnded(At, RunStatus.Lost, "why"), RoundTrip(new RunEnded(At, RunStatus.Lost, "why")));

    [Fact]
    public void RunEvent_EveryKind_HasATest() => Assert.Equal(
        [typeof(FrameRecorded), typeof(RunEnded), typeof(RunStarted), typeof(TrialEnded), typeof(TrialMeasuring), typeof(TrialStarted)],
        typeof(RunEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(RunEvent)).OrderBy(type => type.Name, StringComparer.Ordinal));

    [Fact]
    public void RunEvent_UnknownKind_IsRefused() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RunEvent>("""{"type":"other"}""", BrigadeJson.Options));

    private static IReadOnlyDictionary<string, ParameterValue> NoParams { get; } = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);

    private static Dictionary<string, ParameterValue> Params() => new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(5), ["url"] = ParameterValue.Of("7") };

    private static T RoundTrip<T>(T runEvent)
        where T : RunEvent => Assert.IsType<T>(JsonSerializer.Deserialize<RunEvent>(JsonSerializer.SerializeToUtf8Bytes<RunEvent>(runEvent, BrigadeJson.Options), BrigadeJson.Options));
}
