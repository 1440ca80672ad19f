using System.Globalization;
using System.Text;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Protocol;

/// <summary>Makes a trial request of its JSON, field by field; see <see cref="JsonLine"/> for why.</summary>
internal static class TrialRequestParser
{
    /// <exception cref="FormatException">It is no JSON, or a field is missing or has the wrong type; the message names it.</exception>
    public static TrialRequest Parse(ReadOnlySpan<byte> line)
    {
        var root = Object(JsonLine.Parse(Encoding.UTF8.GetString(line)), "request");
        return new TrialRequest
        {
            Protocol = Whole(root, "protocol") ?? throw Missing("protocol"),
            Workload = WorkloadParser.Parse(Object(root.GetValueOrDefault("workload"), "workload")),
            Strategy = Strategy(Text(root, "strategy") ?? throw Missing("strategy")),
            Workers = Whole(root, "workers") ?? throw Missing("workers"),
            Channel = Text(root, "channel") is { } channel ? Channel(channel) : null,
            StartMethod = Text(root, "startMethod") is { } startMethod ? StartMethod(startMethod) : null,
            ChunkSize = Whole(root, "chunkSize"),
            PayloadBytes = Whole(root, "payloadBytes") ?? 0,
            Load = Load(Object(root.GetValueOrDefault("load"), "load")),
            Warmup = Load(Object(root.GetValueOrDefault("warmup"), "warmup")),
            Faults = root.GetValueOrDefault("faults") is { } faults ? Faults(faults) : null,
            Scratch = Text(root, "scratch") ?? throw Missing("scratch"),
            Try = root.GetValueOrDefault("try") as bool?,
            Network = root.GetValueOrDefault("network") is { } network ? WorkloadParser.Network(Object(network, "network")) : null,
        };
    }

    private static List<TrialFault> Faults(object value) =>
        (value as List<object?> ?? throw new FormatException("`faults` has to be a list")).ConvertAll(item => Fault(Object(item, "fault")));

    private static TrialFault Fault(Dictionary<string, object?> fields) => new(
        FaultKind(Text(fields, "kind") ?? throw Missing("kind")),
        Whole(fields, "worker") ?? throw Missing("worker"),
        Whole(fields, "atTask") ?? throw Missing("atTask"));

    private static TrialLoad Load(Dictionary<string, object?> fields) => new()
    {
        Tasks = Number(fields, "tasks") is not { } tasks ? null
            : long.TryParse(tasks, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : throw NotWhole("tasks"),
        DurationMs = Real(fields, "durationMs"),
        Stages = fields.GetValueOrDefault("stages") switch
        {
            null => null,
            List<object?> stages => stages.ConvertAll(stage => Stage(Object(stage, "stages"))),
            _ => throw new FormatException("`stages` has to be a list"),
        },
        MaxInFlight = Whole(fields, "maxInFlight"),
    };

    private static TrialStage Stage(Dictionary<string, object?> fields) =>
        new(Real(fields, "ratePerSecond") ?? throw Missing("ratePerSecond"), Real(fields, "durationMs") ?? throw Missing("durationMs"));

    private static Strategy Strategy(string name) => name switch
    {
        "sequential" => Contracts.Spec.Strategy.Sequential,
        "threads" => Contracts.Spec.Strategy.Threads,
        "async" => Contracts.Spec.Strategy.Async,
        "pool" => Contracts.Spec.Strategy.Pool,
        "processes" => Contracts.Spec.Strategy.Processes,
        "process-per-task" => Contracts.Spec.Strategy.ProcessPerTask,
        _ => throw new FormatException($"there is no strategy `{name}`"),
    };

    private static Channel Channel(string name) => name switch
    {
        "pipe" => Contracts.Spec.Channel.Pipe,
        "queue" => Contracts.Spec.Channel.Queue,
        "manager" => Contracts.Spec.Channel.Manager,
        "shared-memory" => Contracts.Spec.Channel.SharedMemory,
        _ => throw new FormatException($"there is no channel `{name}`"),
    };

    private static FaultKind FaultKind(string name) => name switch
    {
        "crash" => Contracts.Spec.FaultKind.Crash,
        "exception" => Contracts.Spec.FaultKind.Exception,
        "hang" => Contracts.Spec.FaultKind.Hang,
        _ => throw new FormatException($"there is no fault `{name}`"),
    };

    private static StartMethod StartMethod(string name) => name switch
    {
        "fork" => Contracts.Spec.StartMethod.Fork,
        "spawn" => Contracts.Spec.StartMethod.Spawn,
        "forkserver" => Contracts.Spec.StartMethod.Forkserver,
        _ => throw new FormatException($"there is no start method `{name}`"),
    };

    private static Dictionary<string, object?> Object(object? value, string name) =>
        value as Dictionary<string, object?> ?? throw (value is null ? Missing(name) : new FormatException($"`{name}` has to be an object"));

    private static string? Text(Dictionary<string, object?> fields, string name) => fields.GetValueOrDefault(name) switch
    {
        null => null,
        string text => text,
        _ => throw new FormatException($"`{name}` has to be a text"),
    };

    private static string? Number(Dictionary<string, object?> fields, string name) => fields.GetValueOrDefault(name) switch
    {
        null => null,
        JsonNumber number => number.Text,
        _ => throw new FormatException($"`{name}` has to be a number"),
    };

    private static double? Real(Dictionary<string, object?> fields, string name) =>
        Number(fields, name) is { } number ? double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static int? Whole(Dictionary<string, object?> fields, string name) => Number(fields, name) is not { } number ? null
        : int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw NotWhole(name);

    private static FormatException Missing(string name) => new($"`{name}` is missing");

    private static FormatException NotWhole(string name) => new($"`{name}` has to be a whole number");
}
