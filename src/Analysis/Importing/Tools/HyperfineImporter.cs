using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Importing.Tools;

/// <summary>hyperfine's JSON: a command is a benchmark, and each of its runs a measurement.</summary>
internal sealed class HyperfineImporter : IImporter
{
    private const double MsPerSecond = 1000;

    public string Name => "hyperfine";

    public string Title => "hyperfine";

    public string MadeBy => "hyperfine --export-json FILE";

    public bool Recognises(ImportFile file) => file.IsJson && file.Root is { ValueKind: System.Text.Json.JsonValueKind.Object } root && root.TryGetProperty("results", out var results)
        && results.ValueKind == System.Text.Json.JsonValueKind.Array && results.EnumerateArray().All(result => result.ValueKind == System.Text.Json.JsonValueKind.Object && result.TryGetProperty("command", out _));

    public ImportedResults Read(ImportFile file)
    {
        var results = file.Json.Need("results").Items(ImportLimits.MaximumBenchmarks);
        var most = Measurements.Most(results.Count);
        return new ImportedResults
        {
            Name = ImportNames.Stem(file.Name),
            Benchmarks = [.. results.Select(result => Benchmark(result, most))],
            Notes = ["hyperfine tells the processor time of a command only as a mean over its runs, and nothing of the machine or the date."],
        };
    }

    private ImportedBenchmark Benchmark(JsonItem result, int most)
    {
        var cpu = (User: Seconds(result.Find("user")), System: Seconds(result.Find("system")));
        var memory = result.Find("memory_usage_byte") is { IsNull: false } usage ? usage.Items(ImportLimits.MaximumRows).Select(item => item.Count()).DefaultIfEmpty().Max() : 0;
        return new ImportedBenchmark(result.Need("command").Text(), Name, [.. Trials(result, most).Select(trial => trial with
        {
            CpuUserMs = cpu.User * trial.Tasks,
            CpuSystemMs = cpu.System * trial.Tasks,
            PeakMemoryBytes = memory,
        })])
        {
            Parameters = Parameters(result.Find("parameters")),
        };
    }

    /// <summary>Of a name that is there twice the first value counts.</summary>
    private static Dictionary<string, ParameterValue> Parameters(JsonItem parameters)
    {
        var values = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters.IsNull ? [] : parameters.Members(ImportLimits.MaximumParameters))
            values.TryAdd(name, ParameterValue.Parse(value.TextOrEmpty()));
        return values;
    }

    private static IReadOnlyList<TrialResult> Trials(JsonItem result, int most)
    {
        if (result.Find("times") is not { IsNull: false } times || times.Items(ImportLimits.MaximumRows) is not { Count: > 0 } each)
            return [Summary(result)];
        var codes = result.Find("exit_codes") is { IsNull: false } exits ? exits.Items(ImportLimits.MaximumRows) : [];
        return Measurements.Trials(
            [.. each.Select((time, index) => new Measurements.Single(time.Milliseconds(MsPerSecond), 1, index < codes.Count && codes[index].TextOrEmpty() is not ("" or "0")))],
            most);
    }

    private static TrialResult Summary(JsonItem result)
    {
        var mean = result.Need("mean").Milliseconds(MsPerSecond);
        return Measurements.Summary(1, 0, mean, mean > 0 ? MsPerSecond / mean : 0, new Latency { P50Ms = Told(result.Find("median")), MaxMs = Told(result.Find("max")), MeanMs = mean });
    }

    private static double? Told(JsonItem item) => item.IsNull ? null : item.Milliseconds(MsPerSecond);

    private static double Seconds(JsonItem item) => item.IsNull ? 0 : item.Milliseconds(MsPerSecond);
}
