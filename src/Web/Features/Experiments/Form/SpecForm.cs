using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>How much work warms a trial up.</summary>
public enum AmountKind
{
    Tasks,
    Duration,
}

/// <summary>
/// A spec as the form holds it: as the text that was typed, so that nothing is lost while it is not (yet) readable.
/// What the form does not show stays as it was in the spec that it came from.
/// </summary>
public sealed class SpecForm
{
    public string Name { get; set; } = "";

    public WorkloadForm Workload { get; private set; } = new();

    public IReadOnlyList<string> Runtimes { get; set; } = [];

    public IReadOnlyList<Strategy> Strategies { get; set; } = [];

    public string Workers { get; set; } = "";

    public IReadOnlyList<Channel> Channels { get; set; } = [];

    public IReadOnlyList<StartMethod> StartMethods { get; set; } = [];

    public string ChunkSizes { get; set; } = "";

    public string Payloads { get; set; } = "";

    /// <summary>Whether the best cell is looked for, instead of measuring all of them. Lists that are empty then mean all that make sense.</summary>
    public bool IsSearch { get; private set; }

    public string Budget { get; set; } = "60s";

    public string Difference { get; set; } = "3%";

    public LoadForm Load { get; private set; } = new();

    public AmountKind Warmup { get; set; }

    public string WarmupTasks { get; set; } = "20";

    public string WarmupDuration { get; set; } = "1s";

    public string Repeat { get; set; } = "";

    /// <summary>The relative standard error below which a cell is not repeated any more; empty for no stop rule.</summary>
    public string StopError { get; set; } = "";

    public string StopAtLeast { get; set; } = "3";

    public TrialOrder Order { get; set; }

    public string Seed { get; set; } = "";

    public string TrialTimeout { get; set; } = "";

    public string Memory { get; set; } = "";

    /// <summary>Processors in the kernel's list form; empty for all.</summary>
    public string CpuSet { get; set; } = "";

    public IList<FaultRow> Faults { get; } = [];

    /// <summary>One a line.</summary>
    public string Thresholds { get; set; } = "";

    /// <summary>One a line.</summary>
    public string Abort { get; set; } = "";

    /// <summary>With commas between them.</summary>
    public string Tags { get; set; } = "";

    /// <summary>What the form was filled from.</summary>
    internal ExperimentSpec Origin { get; private set; } = null!;

    /// <param name="before">The form that stood there before: what it holds for kinds of work that the spec does not use is kept.</param>
    public static SpecForm From(ExperimentSpec spec, SpecForm? before = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var form = new SpecForm
        {
            Origin = spec,
            IsSearch = spec.Search is not null,
            Name = spec.Name,
            Workload = WorkloadForm.From(spec),
            Runtimes = [.. spec.Matrix.Runtime],
            Strategies = [.. spec.Matrix.Strategy],
            Workers = List(spec.Matrix.Workers),
            Channels = [.. spec.Matrix.Channel],
            StartMethods = [.. spec.Matrix.StartMethod],
            ChunkSizes = List(spec.Matrix.ChunkSize),
            Payloads = List(spec.Matrix.PayloadBytes),
            Load = LoadForm.From(spec.Load),
            Warmup = spec.Warmup.Duration is not null ? AmountKind.Duration : AmountKind.Tasks,
            Repeat = Text(spec.Repeat),
            Order = spec.Order,
            Seed = spec.Seed is { } seed ? Text(seed) : "",
            TrialTimeout = Units.FormatDuration(spec.Limits.TrialTimeout),
            Memory = spec.Limits.Memory is { } memory ? Units.FormatSize(memory) : "",
            CpuSet = spec.Limits.CpuSet ?? "",
            StopError = spec.Stop is { } stop ? Units.FormatRatio(stop.RelativeError) : "",
            Thresholds = string.Join('\n', spec.Thresholds),
            Abort = string.Join('\n', spec.Abort),
            Tags = string.Join(", ", spec.Tags),
        };
        form.WarmupTasks = spec.Warmup.Tasks is { } warmup ? Text(warmup) : form.WarmupTasks;
        form.WarmupDuration = spec.Warmup.Duration is { } warmupFor ? Units.FormatDuration(warmupFor) : form.WarmupDuration;
        form.StopAtLeast = spec.Stop is { } rule ? Text(rule.AtLeast) : form.StopAtLeast;
        form.Budget = spec.Search is { } search ? Units.FormatDuration(search.Budget) : form.Budget;
        form.Difference = spec.Search is { } wanted ? Units.FormatRatio(wanted.Difference) : form.Difference;
        foreach (var fault in spec.Faults)
            form.Faults.Add(FaultRow.From(fault));
        if (before is not null)
            form.Workload.KeepOthers(before.Workload);
        return form;
    }

    /// <summary>Changes what the experiment is for. A search begins with every list open; without one, lists that it left open get their defaults.</summary>
    public void UseSearch(bool isSearch)
    {
        IsSearch = isSearch;
        var defaults = isSearch ? SearchSpec.OpenMatrix() : new MatrixSpec();
        if (isSearch || Strategies.Count == 0)
            Strategies = [.. defaults.Strategy];
        if (isSearch || Workers.Trim().Length == 0)
            Workers = List(defaults.Workers);
        if (isSearch || Channels.Count == 0)
            Channels = [.. defaults.Channel];
        if (isSearch || ChunkSizes.Trim().Length == 0)
            ChunkSizes = List(defaults.ChunkSize);
        if (!isSearch && Runtimes.Count == 0)
            Runtimes = [.. defaults.Runtime];
    }

    /// <summary>Whether a list stands for all that make sense.</summary>
    public bool IsOpen<T>(IReadOnlyList<T> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return IsSearch && list.Count == 0;
    }

    /// <summary>Leaves only runtimes that the code's language runs on.</summary>
    public void FitRuntimes()
    {
        var workload = new WorkloadSpec { Code = new CodeSpec { Language = Workload.Language } };
        Runtimes = [.. Runtimes.Where(runtime => RuntimeNames.CanRun(workload, runtime)).DefaultIfEmpty(CodeExamples.Runtime(Workload.Language))];
    }

    private static string List(IReadOnlyList<int> values) => string.Join(", ", values.Select(value => Text(value)));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
