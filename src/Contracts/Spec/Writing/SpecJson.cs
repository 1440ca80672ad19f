using System.Text.Json.Nodes;

namespace Brigade.Contracts.Spec.Writing;

/// <summary>A spec as an ordered JSON object in the form that people write: what both YAML and JSON are made from.</summary>
internal static class SpecJson
{
    public static JsonObject Of(ExperimentSpec spec)
    {
        var defaults = new ExperimentSpec { Name = "", Workload = new WorkloadSpec() };
        var json = new JsonObject { ["version"] = spec.Version, ["name"] = spec.Name, ["workload"] = Workload(spec.Workload) };
        AddUnless(json, "matrix", IsOpen(spec), () => Matrix(spec.Matrix, spec.Search is null ? defaults.Matrix : SearchSpec.OpenMatrix()));
        AddUnless(json, "load", spec.Search is not null && spec.Load == defaults.Load, () => Load(spec.Load));
        AddUnless(json, "search", spec.Search is null, () => Search(spec.Search!));
        AddUnless(json, "repeat", spec.Search is not null && spec.Repeat == defaults.Repeat, () => spec.Repeat);
        AddUnless(json, "stop", spec.Stop is null, () => Object(("relativeError", Units.FormatRatio(spec.Stop!.RelativeError)), ("atLeast", spec.Stop.AtLeast == StopSpec.DefaultAtLeast ? null : spec.Stop.AtLeast)));
        if (spec.Warmup != defaults.Warmup)
        {
            json["warmup"] = Object(("tasks", spec.Warmup.Tasks), ("duration", Duration(spec.Warmup.Duration)));
        }

        AddUnless(json, "order", spec.Order == defaults.Order, () => EnumName.Of(spec.Order));
        AddUnless(json, "seed", spec.Seed is null, () => spec.Seed);
        if (spec.Limits != defaults.Limits)
        {
            json["limits"] = Limits(spec.Limits, defaults.Limits);
        }

        AddUnless(json, "faults", spec.Faults.Count == 0, () => List(spec.Faults, fault => Object(("kind", EnumName.Of(fault.Kind)), ("worker", fault.Worker), ("atTask", fault.AtTask))));
        AddUnless(json, "thresholds", spec.Thresholds.Count == 0, () => List(spec.Thresholds, text => text));
        AddUnless(json, "abort", spec.Abort.Count == 0, () => List(spec.Abort, text => text));
        AddUnless(json, "tags", spec.Tags.Count == 0, () => List(spec.Tags, text => text));
        return json;
    }

    private static JsonObject Workload(WorkloadSpec workload)
    {
        var json = Object(("kernel", workload.Kernel), ("imported", workload.Imported));
        AddUnless(json, "params", workload.Params.Count == 0, () => Map(workload.Params, Parameter));
        AddUnless(json, "code", workload.Code is null, () => Object(("language", workload.Code!.Language), ("file", workload.Code.File), ("source", workload.Code.Source)));
        AddUnless(json, "http", workload.Http is null, () => Http(workload.Http!));
        AddUnless(json, "sql", workload.Sql is null, () => Object(("connection", workload.Sql!.Connection), ("query", workload.Sql.Query)));
        AddUnless(json, "command", workload.Command is null, () => Object(("argv", List(workload.Command!.Argv, text => text)), ("stdin", workload.Command.Stdin)));
        AddUnless(json, "secrets", workload.Secrets.Count == 0, () => List(workload.Secrets, text => text));
        return json;
    }

    private static JsonObject Http(HttpSpec http)
    {
        var defaults = new HttpSpec { Url = "" };
        var json = Object(("url", http.Url));
        AddUnless(json, "method", string.Equals(http.Method, defaults.Method, StringComparison.Ordinal), () => http.Method);
        AddUnless(json, "headers", http.Headers.Count == 0, () => Map(http.Headers, text => text));
        AddUnless(json, "body", http.Body is null, () => http.Body);
        AddUnless(json, "expectStatus", http.ExpectStatus == defaults.ExpectStatus, () => http.ExpectStatus);
        AddUnless(json, "timeout", http.Timeout == defaults.Timeout, () => Duration(http.Timeout));
        AddUnless(json, "keepAlive", http.KeepAlive, () => http.KeepAlive);
        AddUnless(json, "version", string.Equals(http.Version, defaults.Version, StringComparison.Ordinal), () => http.Version);
        AddUnless(json, "verifyCertificate", http.VerifyCertificate, () => http.VerifyCertificate);
        return json;
    }

    /// <summary>Whether it is a search that leaves the whole matrix out.</summary>
    private static bool IsOpen(ExperimentSpec spec) => spec.Search is not null && Matrix(spec.Matrix, SearchSpec.OpenMatrix()).Count == 0;

    /// <summary>Lists that are read as empty, as only a search has them, are left out.</summary>
    private static JsonObject Matrix(MatrixSpec matrix, MatrixSpec defaults)
    {
        var json = new JsonObject();
        AddUnless(json, "runtime", matrix.Runtime.Count == 0, () => List(matrix.Runtime, text => text));
        AddUnless(json, "strategy", matrix.Strategy.Count == 0, () => List(matrix.Strategy, value => EnumName.Of(value)));
        AddUnless(json, "workers", matrix.Workers.Count == 0, () => List(matrix.Workers, value => value));
        AddUnless(json, "channel", matrix.Channel.SequenceEqual(defaults.Channel), () => List(matrix.Channel, value => EnumName.Of(value)));
        AddUnless(json, "startMethod", matrix.StartMethod.Count == 0, () => List(matrix.StartMethod, value => EnumName.Of(value)));
        AddUnless(json, "chunkSize", matrix.ChunkSize.SequenceEqual(defaults.ChunkSize), () => List(matrix.ChunkSize, value => value));
        AddUnless(json, "payloadBytes", matrix.PayloadBytes.SequenceEqual(defaults.PayloadBytes), () => List(matrix.PayloadBytes, value => value));
        AddUnless(json, "params", matrix.Params.Count == 0, () => Map(matrix.Params, values => List(values, Parameter)));
        return json;
    }

    private static JsonObject Search(SearchSpec search) => Object(
        ("budget", Duration(search.Budget)), ("difference", search.Difference == new SearchSpec().Difference ? null : Units.FormatRatio(search.Difference)));

    private static JsonObject Load(LoadSpec load)
    {
        var json = Object(("tasks", load.Tasks), ("rate", load.Rate is { } rate ? Units.FormatRate(rate) : null), ("duration", Duration(load.Duration)), ("maxInFlight", load.MaxInFlight));
        AddUnless(json, "stages", load.Stages.Count == 0, () => List(load.Stages, stage => Object(("rate", Units.FormatRate(stage.Rate)), ("for", Duration(stage.For)))));
        return json;
    }

    private static JsonObject Limits(LimitsSpec limits, LimitsSpec defaults) => Object(
        ("trialTimeout", limits.TrialTimeout == defaults.TrialTimeout ? null : Duration(limits.TrialTimeout)),
        ("memory", limits.Memory is { } memory ? Units.FormatSize(memory) : null),
        ("cpuSet", limits.CpuSet),
        ("processes", limits.Processes),
        ("cpuTime", limits.CpuTime is { } cpu ? Duration(cpu) : null),
        ("disk", limits.Disk is { } disk ? Units.FormatSize(disk) : null),
        ("output", limits.Output is { } output ? Units.FormatSize(output) : null));

    private static JsonNode? Duration(TimeSpan? duration) => duration is { } value ? Units.FormatDuration(value) : null;

    private static JsonNode? Parameter(ParameterValue value) => value.IsNumber ? JsonNode.Parse(value.Text) : value.Text;

    private static JsonObject Object(params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields)
        {
            AddUnless(json, name, value is null, () => value);
        }

        return json;
    }

    private static JsonArray List<T>(IReadOnlyList<T> values, Func<T, JsonNode?> item) => [.. values.Select(item)];

    private static JsonObject Map<T>(IReadOnlyDictionary<string, T> values, Func<T, JsonNode?> item) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, item(pair.Value))));

    private static void AddUnless(JsonObject json, string name, bool isLeftOut, Func<JsonNode?> value)
    {
        if (!isLeftOut)
        {
            json[name] = value();
        }
    }
}
