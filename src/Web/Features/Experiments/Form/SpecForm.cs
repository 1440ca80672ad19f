using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments;

/// <summary>Which kind of workload the form shows.</summary>
public enum WorkloadKind
{
    Kernel,
    Code,

    /// <summary>One that is edited as YAML: HTTP, SQL or a command.</summary>
    Other,
}

/// <summary>How much work a trial gets, or its warm-up.</summary>
public enum AmountKind
{
    Tasks,
    Duration,

    /// <summary>Arrivals, edited as YAML.</summary>
    Open,
}

/// <summary>
/// A spec as the form holds it: as the text that was typed, so that nothing is lost while it is not (yet) readable.
/// What the form does not show stays as it was in the spec that it came from.
/// </summary>
public sealed class SpecForm
{
    /// <summary>What "own code" starts with.</summary>
    public const string ExampleCode = """
        import hashlib


        def task(index):
            # One task. Return a number, and strategies are checked to agree on the results.
            return int.from_bytes(hashlib.sha256(str(index).encode()).digest()[:4], "big")


        # For the async strategy:
        # async def task_async(index): ...

        """;

    public string Name { get; set; } = "";

    public WorkloadKind Kind { get; set; }

    public string Kernel { get; set; } = "cpu.primes";

    /// <summary>One value, or several with commas between them, which are swept.</summary>
    public IDictionary<string, string> Params { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string Source { get; set; } = ExampleCode;

    public IReadOnlyList<string> Runtimes { get; set; } = [];

    public IReadOnlyList<Strategy> Strategies { get; set; } = [];

    public string Workers { get; set; } = "";

    public IReadOnlyList<Channel> Channels { get; set; } = [];

    public IReadOnlyList<StartMethod> StartMethods { get; set; } = [];

    public string ChunkSizes { get; set; } = "";

    public string Payloads { get; set; } = "";

    public AmountKind Load { get; set; }

    public string LoadTasks { get; set; } = "200";

    public string LoadDuration { get; set; } = "5s";

    public AmountKind Warmup { get; set; }

    public string WarmupTasks { get; set; } = "20";

    public string WarmupDuration { get; set; } = "1s";

    public string Repeat { get; set; } = "";

    public TrialOrder Order { get; set; }

    public string Seed { get; set; } = "";

    public string TrialTimeout { get; set; } = "";

    public string Memory { get; set; } = "";

    /// <summary>One a line.</summary>
    public string Thresholds { get; set; } = "";

    /// <summary>With commas between them.</summary>
    public string Tags { get; set; } = "";

    /// <summary>What the form was filled from.</summary>
    internal ExperimentSpec Origin { get; private set; } = null!;

    public static SpecForm From(ExperimentSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var form = new SpecForm
        {
            Origin = spec,
            Name = spec.Name,
            Kind = spec.Workload.Kernel is not null ? WorkloadKind.Kernel : spec.Workload.Code is { Language: "python" } ? WorkloadKind.Code : WorkloadKind.Other,
            Runtimes = [.. spec.Matrix.Runtime],
            Strategies = [.. spec.Matrix.Strategy],
            Workers = List(spec.Matrix.Workers),
            Channels = [.. spec.Matrix.Channel],
            StartMethods = [.. spec.Matrix.StartMethod],
            ChunkSizes = List(spec.Matrix.ChunkSize),
            Payloads = List(spec.Matrix.PayloadBytes),
            Load = spec.Load.Rate is not null || spec.Load.Stages.Count > 0 ? AmountKind.Open : spec.Load.Tasks is not null ? AmountKind.Tasks : AmountKind.Duration,
            Warmup = spec.Warmup.Duration is not null ? AmountKind.Duration : AmountKind.Tasks,
            Repeat = Text(spec.Repeat),
            Order = spec.Order,
            Seed = spec.Seed is { } seed ? Text(seed) : "",
            TrialTimeout = Units.FormatDuration(spec.Limits.TrialTimeout),
            Memory = spec.Limits.Memory is { } memory ? Units.FormatSize(memory) : "",
            Thresholds = string.Join('\n', spec.Thresholds),
            Tags = string.Join(", ", spec.Tags),
        };
        form.LoadTasks = spec.Load.Tasks is { } tasks ? Text(tasks) : form.LoadTasks;
        form.LoadDuration = spec.Load.Duration is { } duration ? Units.FormatDuration(duration) : form.LoadDuration;
        form.WarmupTasks = spec.Warmup.Tasks is { } warmup ? Text(warmup) : form.WarmupTasks;
        form.WarmupDuration = spec.Warmup.Duration is { } warmupFor ? Units.FormatDuration(warmupFor) : form.WarmupDuration;
        if (spec.Workload.Code?.Source is { } source)
            form.Source = source;
        form.Kernel = spec.Workload.Kernel ?? form.Kernel;
        form.FillParams(spec);
        return form;
    }

    /// <summary>Changes the kernel; its parameters start with their defaults.</summary>
    public void UseKernel(string kernel)
    {
        Kernel = kernel;
        Params.Clear();
        FillParams(spec: null);
    }

    /// <summary>A list with a value added or removed, in the order of <paramref name="order"/>.</summary>
    public static IReadOnlyList<T> Toggled<T>(IReadOnlyList<T> list, T value, bool isOn, IReadOnlyList<T> order)
    {
        var others = list.Where(item => !EqualityComparer<T>.Default.Equals(item, value));
        var rank = order.Select((item, index) => (item, index)).ToLookup(pair => pair.item, pair => pair.index);
        return [.. (isOn ? others.Append(value) : others).OrderBy(item => rank[item].DefaultIfEmpty(int.MaxValue).First())];
    }

    private void FillParams(ExperimentSpec? spec)
    {
        foreach (var parameter in KernelCatalogue.Find(Kernel)?.Parameters ?? [])
        {
            Params[parameter.Name] = spec is not null && spec.Matrix.Params.TryGetValue(parameter.Name, out var swept) ? string.Join(", ", swept)
                : spec is not null && spec.Workload.Params.TryGetValue(parameter.Name, out var value) ? value.Text
                : parameter.Default?.Text ?? "";
        }
    }

    private static string List(IReadOnlyList<int> values) => string.Join(", ", values.Select(value => Text(value)));

    private static string Text(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
