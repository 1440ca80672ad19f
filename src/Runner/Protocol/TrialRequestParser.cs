using System.Text.Json;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Protocol;

/// <summary>
/// Reads a trial request field by field. The generated JSON context would do it in fewer lines, but a fresh process spends 100 ms
/// on compiling it just in time: a part of every trial's start.
/// </summary>
internal static class TrialRequestParser
{
    /// <exception cref="JsonException">It is no JSON, or a field is missing or has the wrong type; the message names it.</exception>
    public static TrialRequest Parse(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        Expect(root, JsonValueKind.Object, "request");
        return new TrialRequest
        {
            Protocol = Whole(Required(root, "protocol"), "protocol"),
            Workload = Workload(Required(root, "workload")),
            Strategy = Strategy(Text(Required(root, "strategy"), "strategy")),
            Workers = Whole(Required(root, "workers"), "workers"),
            Channel = Optional(root, "channel") is { } channel ? Channel(Text(channel, "channel")) : null,
            StartMethod = Optional(root, "startMethod") is { } startMethod ? StartMethod(Text(startMethod, "startMethod")) : null,
            ChunkSize = Optional(root, "chunkSize") is { } chunkSize ? Whole(chunkSize, "chunkSize") : null,
            PayloadBytes = Optional(root, "payloadBytes") is { } payloadBytes ? Whole(payloadBytes, "payloadBytes") : 0,
            Load = Load(Required(root, "load"), "load"),
            Warmup = Load(Required(root, "warmup"), "warmup"),
            Scratch = Text(Required(root, "scratch"), "scratch"),
        };
    }

    private static TrialWorkload Workload(JsonElement element)
    {
        Expect(element, JsonValueKind.Object, "workload");
        return new TrialWorkload
        {
            Kernel = Optional(element, "kernel") is { } kernel ? Text(kernel, "kernel") : null,
            Params = Optional(element, "params") is { } parameters ? Params(parameters) : null,
            Code = Optional(element, "code") is { } code ? Code(code) : null,
        };
    }

    private static Dictionary<string, ParameterValue> Params(JsonElement element)
    {
        Expect(element, JsonValueKind.Object, "params");
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            parameters[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.String => ParameterValue.Of(property.Value.GetString()!),
                JsonValueKind.Number => property.Value.TryGetInt64(out var whole) ? ParameterValue.Of(whole) : ParameterValue.Of(property.Value.GetDouble()),
                _ => throw new JsonException($"the parameter `{property.Name}` has to be a number or a text"),
            };
        }

        return parameters;
    }

    private static TrialCode Code(JsonElement element)
    {
        Expect(element, JsonValueKind.Object, "code");
        return new TrialCode(Text(Required(element, "language"), "language"), Text(Required(element, "file"), "file"), Text(Required(element, "source"), "source"));
    }

    private static TrialLoad Load(JsonElement element, string name)
    {
        Expect(element, JsonValueKind.Object, name);
        return new TrialLoad
        {
            Tasks = Optional(element, "tasks") is { } tasks ? LongWhole(tasks, "tasks") : null,
            DurationMs = Optional(element, "durationMs") is { } duration ? Real(duration, "durationMs") : null,
        };
    }

    private static Strategy Strategy(string name) => name switch
    {
        "sequential" => Contracts.Spec.Strategy.Sequential,
        "threads" => Contracts.Spec.Strategy.Threads,
        "async" => Contracts.Spec.Strategy.Async,
        "pool" => Contracts.Spec.Strategy.Pool,
        "processes" => Contracts.Spec.Strategy.Processes,
        "process-per-task" => Contracts.Spec.Strategy.ProcessPerTask,
        _ => throw new JsonException($"there is no strategy `{name}`"),
    };

    private static Channel Channel(string name) => name switch
    {
        "pipe" => Contracts.Spec.Channel.Pipe,
        "queue" => Contracts.Spec.Channel.Queue,
        "manager" => Contracts.Spec.Channel.Manager,
        "shared-memory" => Contracts.Spec.Channel.SharedMemory,
        _ => throw new JsonException($"there is no channel `{name}`"),
    };

    private static StartMethod StartMethod(string name) => name switch
    {
        "fork" => Contracts.Spec.StartMethod.Fork,
        "spawn" => Contracts.Spec.StartMethod.Spawn,
        "forkserver" => Contracts.Spec.StartMethod.Forkserver,
        _ => throw new JsonException($"there is no start method `{name}`"),
    };

    private static JsonElement Required(JsonElement parent, string name) => Optional(parent, name) ?? throw new JsonException($"`{name}` is missing");

    private static JsonElement? Optional(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Text(JsonElement element, string name)
    {
        Expect(element, JsonValueKind.String, name);
        return element.GetString()!;
    }

    private static int Whole(JsonElement element, string name) => LongWhole(element, name) is >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw new JsonException($"`{name}` is out of range");

    private static long LongWhole(JsonElement element, string name)
    {
        Expect(element, JsonValueKind.Number, name);
        return element.TryGetInt64(out var value) ? value : throw new JsonException($"`{name}` has to be a whole number");
    }

    private static double Real(JsonElement element, string name)
    {
        Expect(element, JsonValueKind.Number, name);
        return element.GetDouble();
    }

    private static void Expect(JsonElement element, JsonValueKind kind, string name)
    {
        if (element.ValueKind != kind)
        {
            throw new JsonException($"`{name}` has to be {(kind == JsonValueKind.Object ? "an object" : kind == JsonValueKind.Number ? "a number" : "a text")}");
        }
    }
}
