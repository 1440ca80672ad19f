using Brigade.Analysis.Searching;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Tests.Searching;

/// <summary>What a synthetic candidate does.</summary>
/// <param name="PerSecond">True throughput.</param>
/// <param name="TaskMs">Time of one task.</param>
/// <param name="Cpu">Processors in use.</param>
internal sealed record Surface(double PerSecond, double TaskMs, double Cpu);

/// <summary>A search without a machine: time passes by what trials would cost, and throughputs come from a surface with noise.</summary>
/// <param name="surface">The truth; null throughputs (0) fail.</param>
/// <param name="noise">Standard deviation of the logarithm of a trial of one second; shorter trials scatter more.</param>
/// <param name="spikes">Share of trials that other work slows by a third.</param>
internal sealed class SimulatedMachine(Func<Cell, Surface> surface, double noise, double spikes, int seed, int cores = 2)
{
    private readonly Random _random = new(seed);
    private double _usedMs;
    private double _roundLog;
    private int _round;

    public TimeSpan Used => TimeSpan.FromMilliseconds(_usedMs);

    public List<TrialResult> Results { get; } = [];

    public TrialPlan? Plan { get; private set; }

    public Machine Machine { get; } = new("host", cores, 8L << 30, "Linux", "a processor", "", 0, [new("python3.11", "python", "3.11.2", "", Gil: true, IsDefault: true), new("dotnet", "dotnet", "10.0.4", "", Gil: null, IsDefault: true)]);

    /// <summary>Runs the whole search and builds its result.</summary>
    /// <param name="stopAfter">Trials after which it is cancelled.</param>
    public RunResult Run(ExperimentSpec spec, int stopAfter = int.MaxValue)
    {
        Plan = TrialPlanner.Expand(SearchSpace.Fill(spec, Machine), seed);
        var search = new CandidateSearch(spec, Plan, cores);
        var measured = 0;
        while (measured < stopAfter && search.Next(Used) is { } step)
        {
            var trial = Plan.Trials[step.Trial];
            if (step is SkipStep skip)
            {
                Results.Add(Of(trial) with { Status = TrialStatus.Skipped, Warnings = [skip.Reason] });
                continue;
            }

            measured++;
            var before = _usedMs;
            var result = Measure(trial, (MeasureStep)step);
            Results.Add(result);
            search.Add(result, TimeSpan.FromMilliseconds(_usedMs - before));
        }

        return ResultBuilder.Build(spec, stopAfter == int.MaxValue ? RunStatus.Completed : RunStatus.Cancelled, Machine, Plan, Results);
    }

    private TrialResult Measure(PlannedTrial trial, MeasureStep step)
    {
        var cell = Plan!.Cells[trial.Cell];
        var truth = surface(cell);
        if (trial.Repetition != _round)
            (_round, _roundLog) = (trial.Repetition, Gauss() * 0.1);
        var overheadMs = 100 + (cell.Workers * (cell.Strategy == Strategy.Processes ? 8 : 1)) + step.Warmup.TotalMilliseconds;
        if (truth.PerSecond <= 0)
        {
            _usedMs += overheadMs;
            return Of(trial) with { Status = TrialStatus.Failed, Failure = "it broke" };
        }

        var wallMs = Math.Max(step.Duration.TotalMilliseconds, truth.TaskMs);
        var scatter = noise / Math.Sqrt(Math.Min(1, wallMs / 1000));
        var log = _roundLog + (Gauss() * scatter) - (_random.NextDouble() < spikes ? 0.4 : 0);
        var perSecond = truth.PerSecond * Math.Exp(log);
        _usedMs += overheadMs + wallMs;
        return Of(trial) with
        {
            Status = TrialStatus.Completed,
            Tasks = (long)Math.Max(1, perSecond * wallMs / 1000),
            WallMs = wallMs,
            ThroughputPerSecond = perSecond,
            Latency = new() { P50Ms = truth.TaskMs, P99Ms = truth.TaskMs * 2, MeanMs = truth.TaskMs },
            CpuUserMs = truth.Cpu * wallMs,
            SwitchesVoluntary = 1,
            PeakMemoryBytes = 20L << 20,
            StartupMs = 50,
            Checksum = "0000000000000007",
        };
    }

    private TrialResult Of(PlannedTrial trial) => new() { Index = trial.Index, Cell = trial.Cell, Repetition = trial.Repetition, Status = TrialStatus.Pending, Runtime = Plan!.Cells[trial.Cell].Runtime };

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
