using System.Globalization;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;

namespace Brigade.Runner.Trials;

/// <summary>One trial to execute.</summary>
/// <param name="Prepared">What was readied for all trials of the run.</param>
/// <param name="IsTry">Whether it is one task to look at, and what it returns is wanted.</param>
internal sealed record TrialJob(ExperimentSpec Spec, Cell Cell, PlannedTrial Trial, Preparation? Prepared = null, bool IsTry = false)
{
    /// <summary>What ends the trial, and the run, early; null where nothing does.</summary>
    public AbortWatch? Watch { get; } = AbortWatch.Of(Spec);

    /// <summary>The processors of <c>limits.cpuSet</c>; null where it may use all.</summary>
    public IReadOnlyList<int>? Processors => Spec.Limits.CpuSet is { } list ? CpuList.TryParse(list) : null;

    public LoadBounds Bounds { get; } = Spec.Load.IsOpen()
        ? new LoadBounds(null, null, OpenLoad(Spec.Load).Schedule())
        : new LoadBounds(Spec.Load.Tasks, Spec.Load.Duration is { } duration ? (long)(duration.TotalMilliseconds * 1e6) : null);

    /// <summary>The request for the trial's host.</summary>
    /// <param name="directory">Where commands run; the scratch directory where it is null.</param>
    public TrialRequest Request(string scratch, string? directory) => new()
    {
        Workload = RequestedWorkload.Of(Spec, Cell, Prepared, directory ?? scratch),
        Strategy = Cell.Strategy,
        Workers = Cell.Workers,
        Channel = Cell.Channel,
        StartMethod = Cell.StartMethod,
        ChunkSize = Cell.ChunkSize,
        PayloadBytes = Cell.PayloadBytes,
        Load = Spec.Load.IsOpen() ? OpenLoad(Spec.Load) : Load(Spec.Load.Tasks, Spec.Load.Duration),
        Warmup = Load(Spec.Warmup.Tasks, Spec.Warmup.Duration),
        Faults = Faults() is { Count: > 0 } faults ? faults : null,
        Scratch = scratch,
        Try = IsTry ? true : null,
        Network = Prepared?.Network,
    };

    /// <summary>Faults of workers that this trial does not have, in words.</summary>
    public IEnumerable<string> FaultsWithoutWorker() => Spec.Faults.Where(fault => fault.Worker >= Cell.Workers)
        .Select(fault => string.Create(CultureInfo.InvariantCulture, $"the fault {EnumName.Of(fault.Kind)} at task {fault.AtTask} of worker {fault.Worker} did not happen: this trial has {Cell.Workers} {(Cell.Workers == 1 ? "worker" : "workers")}, numbered from 0"));

    private List<TrialFault> Faults() => [.. Spec.Faults.Where(fault => fault.Worker < Cell.Workers).Select(fault => new TrialFault(fault.Kind, fault.Worker, fault.AtTask))];

    private static TrialLoad Load(long? tasks, TimeSpan? duration) => new() { Tasks = tasks, DurationMs = tasks is null ? (duration ?? TimeSpan.Zero).TotalMilliseconds : null };

    private static TrialLoad OpenLoad(LoadSpec load) => new()
    {
        Stages = [.. load.OpenStages().Select(stage => new TrialStage(stage.Rate, stage.For.TotalMilliseconds))],
        MaxInFlight = load.MaxInFlight ?? LoadSpec.DefaultMaxInFlight,
    };
}
