using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Tests;

/// <summary>What one cell of a test's run measured; every repetition has the same figures but the throughput.</summary>
internal sealed record Measured(string Runtime, Strategy Strategy, int Workers, params double[] Throughputs)
{
    public double Cpu { get; init; } = 1;

    public double TaskMs { get; init; } = 10;

    public long Tasks { get; init; } = 200;

    public long Errors { get; init; }

    public long Lost { get; init; }

    public string Checksum { get; init; } = "0000000000000007";

    public TrialStatus Status { get; init; } = TrialStatus.Completed;

    public string Failure { get; init; } = "";

    public double StartupMs { get; init; } = 50;

    public double MemoryMiB { get; init; } = 20;

    public long Voluntary { get; init; } = 100;

    public long Involuntary { get; init; } = 10;

    public int PayloadBytes { get; init; }

    public int? ChunkSize { get; init; }

    public IReadOnlyList<TaskError> TaskErrors { get; init; } = [];

    /// <summary>What else its trials have.</summary>
    public Func<TrialResult, TrialResult> Also { get; init; } = result => result;

    public Dictionary<string, ParameterValue> Params { get; init; } = new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(2_000) };
}

/// <summary>Makes a run out of <see cref="Measured"/> cells and builds its result.</summary>
internal sealed class RunBuilder
{
    private readonly List<Measured> _cells = [];

    public RunStatus Status { get; init; } = RunStatus.Completed;

    public int Cores { get; init; } = 2;

    public double OtherLoad { get; init; } = 0.1;

    public int Seed { get; init; } = 42;

    public LoadSpec Load { get; init; } = new() { Tasks = 200 };

    public WorkloadSpec Workload { get; init; } = new() { Kernel = "cpu.primes" };

    public IReadOnlyList<string> Thresholds { get; init; } = [];

    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];

    public string? CpuSet { get; init; }

    public string Governor { get; init; } = "performance";

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<RuntimeInfo> Runtimes { get; init; } =
    [
        new("dotnet", "dotnet", "10.0.4", "", Gil: null, IsDefault: true),
        new("python3.11", "python", "3.11.2", "", Gil: true, IsDefault: true),
        new("python3.13t", "python", "3.13.1", "", Gil: false, IsDefault: false),
    ];

    public RunBuilder Add(params Measured[] cells)
    {
        _cells.AddRange(cells);
        return this;
    }

    public ExperimentSpec Spec => new() { Name = "test", Workload = Workload, Load = Load, Thresholds = Thresholds, Faults = Faults, Limits = new LimitsSpec { CpuSet = CpuSet } };

    public Machine Machine => new("host", Cores, 8L << 30, "Linux", "a processor", Governor, 9, Runtimes) { OtherLoad = OtherLoad };

    public TrialPlan Plan() => new(
        _cells.Select(cell => new Cell(cell.Runtime, cell.Strategy, cell.Workers, null, null, cell.ChunkSize, cell.PayloadBytes, cell.Params)).ToArray(),
        Trials().Select(trial => new PlannedTrial(trial.Index, trial.Cell, trial.Repetition)).ToArray(),
        Seed,
        Notes);

    public IReadOnlyList<TrialResult> Trials() => _cells
        .SelectMany((cell, index) => cell.Throughputs.Select((throughput, repetition) => (cell, index, throughput, repetition)))
        .OrderBy(trial => trial.repetition)
        .Select((trial, index) => Trial(index, trial.index, trial.repetition + 1, trial.cell, trial.throughput))
        .ToArray();

    public RunResult Build() => ResultBuilder.Build(Spec, Status, Machine, Plan(), Trials());

    public IReadOnlyList<Finding> Findings(string id) => Build().Findings.Where(finding => finding.Id == id).ToArray();

    private static TrialResult Trial(int index, int cell, int repetition, Measured measured, double throughput)
    {
        var wallMs = throughput > 0 ? (measured.Tasks - measured.Errors) * 1000 / throughput : 0;
        return measured.Also(new()
        {
            Index = index,
            Cell = cell,
            Repetition = repetition,
            Status = measured.Status,
            Runtime = measured.Runtime == "python" ? "python3.11" : measured.Runtime,
            Tasks = measured.Tasks,
            Errors = measured.Errors,
            Lost = measured.Lost,
            WallMs = wallMs,
            ThroughputPerSecond = throughput,
            Latency = new() { P50Ms = measured.TaskMs, P90Ms = measured.TaskMs, P95Ms = measured.TaskMs * 1.5, P99Ms = measured.TaskMs * 2, P999Ms = measured.TaskMs * 3, MaxMs = measured.TaskMs * 4, MeanMs = measured.TaskMs },
            CpuUserMs = wallMs * measured.Cpu * 0.9,
            CpuSystemMs = wallMs * measured.Cpu * 0.1,
            SwitchesVoluntary = measured.Voluntary,
            SwitchesInvoluntary = measured.Involuntary,
            PeakMemoryBytes = (long)(measured.MemoryMiB * 1024 * 1024),
            StartupMs = measured.StartupMs,
            Checksum = measured.Checksum,
            Failure = measured.Failure,
            TaskErrors = measured.TaskErrors,
        });
    }
}
