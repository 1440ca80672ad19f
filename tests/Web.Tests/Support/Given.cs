using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;

namespace Brigade.Web.Tests.Support;

/// <summary>Small but whole objects to test with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static Machine Machine { get; } = new("host", 2, 1 << 30, "Linux", "cpu", "", 0, [new RuntimeInfo("python3.11", "python", "3.11.2", "/usr/bin/python3", true, true)]);

    public static ExperimentSpec Spec(string name = "primes") => new()
    {
        Name = name,
        Workload = new WorkloadSpec { Kernel = "cpu.primes", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(100) } },
        Matrix = new MatrixSpec { Strategy = [Strategy.Sequential], Workers = [1] },
        Load = new LoadSpec { Tasks = 10 },
        Repeat = 2,
    };

    public static TrialPlan Plan(int trials = 2) => new(
        [new Cell("python", Strategy.Sequential, 1, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal))],
        [.. Enumerable.Range(0, trials).Select(index => new PlannedTrial(index, 0, index + 1))],
        42,
        []);

    public static Frame Frame(int trial, int number) => new(trial, number, 100, 5, 0, 1, 2, 3, [1, 2, 3], 10, 1, 1 << 20, 1, 1, [new WorkerFrame(0, WorkerState.Running, 0.9, 0.8, 5)]);

    public static TrialResult Result(int trial) => new() { Index = trial, Cell = 0, Repetition = trial + 1, Status = TrialStatus.Completed, Runtime = "python3.11", Tasks = 10, WallMs = 100, ThroughputPerSecond = 100, StartupMs = 20, Histogram = [1, 2, 3] };

    /// <summary>A point of a trend; a run a day.</summary>
    public static TrendPoint Point(int run, double throughput, string machine = "machine") => new(
        new Guid(run + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), Noon.AddDays(run), machine, "", 3, new Level(throughput, throughput, throughput), new Level(5, 5, 5), new Level(9, 9, 9), 0.01);

    public static RunStarted Started(int trials = 2) => new(Noon, Machine, Plan(trials));

    public static RunEvent TrialStarted(int trial) => new TrialStarted(Noon, trial);

    public static RunEvent Recorded(int trial, int number) => new FrameRecorded(Frame(trial, number));

    public static RunEvent TrialEnded(int trial) => new TrialEnded(Noon, Result(trial));

    public static RunEvent Ended(RunStatus status = RunStatus.Completed, string reason = "") => new RunEnded(Noon.AddSeconds(5), status, reason);

    public static byte[][] Raw(params RunEvent[] events) => [.. events.Select(runEvent => JsonSerializer.SerializeToUtf8Bytes(runEvent, BrigadeJson.Options))];

    /// <summary>A whole run with two trials of three frames.</summary>
    public static RunEvent[] WholeRun() =>
    [
        Started(),
        TrialStarted(0), new TrialMeasuring(0, 20), Recorded(0, 0), Recorded(0, 1), Recorded(0, 2), TrialEnded(0),
        TrialStarted(1), new TrialMeasuring(1, 20), Recorded(1, 0), Recorded(1, 1), Recorded(1, 2), TrialEnded(1),
        Ended(),
    ];

    public static RunDetail Run(Guid id, RunStatus status = RunStatus.Queued) => new(
        new RunRow(id, null, null, "primes", "cpu.primes", "python", "sequential", status, "", Noon, null, null, 2, 0, 0, "", []), Spec(), 42, null, null, -1);
}
