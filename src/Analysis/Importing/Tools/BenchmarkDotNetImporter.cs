using System.Globalization;
using System.Text.Json;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Importing.Tools;

/// <summary>BenchmarkDotNet's JSON, full or brief: each workload iteration is a measurement.</summary>
internal sealed class BenchmarkDotNetImporter : IImporter
{
    private const double MsPerNanosecond = 1e-6;
    private const double MsPerSecond = 1000;
    private const string TimeForm = "yyyyMMdd-HHmmss";

    public string Name => "benchmarkdotnet";

    public string Title => "BenchmarkDotNet";

    public string MadeBy => "its JsonExporter, full or brief: --exporters json";

    public bool Recognises(ImportFile file) => file.IsJson && file.Root is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty("Benchmarks", out var benchmarks) && benchmarks.ValueKind == JsonValueKind.Array && root.TryGetProperty("HostEnvironmentInfo", out _);

    public ImportedResults Read(ImportFile file)
    {
        var root = file.Json;
        var benchmarks = root.Need("Benchmarks").Items(ImportLimits.MaximumBenchmarks);
        var most = Measurements.Most(benchmarks.Count);
        var (title, at) = Titled(root.Find("Title").TextOrEmpty());
        List<string> notes = [];
        if (at is not null)
            notes.Add("BenchmarkDotNet writes no time zone; its time is taken as UTC.");
        if (benchmarks.Any(benchmark => benchmark.Find("Measurements").IsNull))
            notes.Add("The file has no single measurements (a brief export): a trial stands for one result, whose number of operations is not known.");
        return new ImportedResults
        {
            Name = title.Length > 0 ? title : ImportNames.Stem(file.Name),
            MeasuredAt = at,
            Machine = Machine(root.Need("HostEnvironmentInfo")),
            Benchmarks = [.. benchmarks.Select(benchmark => Benchmark(benchmark, most))],
            Notes = notes,
        };
    }

    private static ImportedBenchmark Benchmark(JsonItem benchmark, int most)
    {
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var pair in benchmark.Find("Parameters").TextOrEmpty().Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                parameters.TryAdd(pair[..equals], ParameterValue.Parse(pair[(equals + 1)..]));
        }

        if (Job(benchmark.Find("DisplayInfo").TextOrEmpty()) is { Length: > 0 } job)
            parameters.TryAdd("job", ParameterValue.Of(job));
        var type = benchmark.Find("Type").TextOrEmpty();
        var allocated = benchmark.Find("Memory") is { IsNull: false } memory && memory.Find("BytesAllocatedPerOperation") is { IsNull: false } bytes ? bytes.Number(ImportLimits.LargestCount) : (double?)null;
        return new ImportedBenchmark((type.Length > 0 ? type + "." : "") + benchmark.Need("Method").Text(), "dotnet", [.. Trials(benchmark, most).Select(trial => allocated is { } perOperation
            ? trial with { Figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["allocatedBytes"] = perOperation } }
            : trial)])
        { Parameters = parameters };
    }

    private static IReadOnlyList<TrialResult> Trials(JsonItem benchmark, int most)
    {
        if (benchmark.Find("Measurements") is { IsNull: false } measurements)
        {
            var results = measurements.Items(ImportLimits.MaximumRows).Where(IsResult).Select(Single).Where(single => single.WallMs > 0).ToArray();
            if (results.Length > 0)
                return Measurements.Trials(results, most);
        }

        if (benchmark.Find("Statistics") is not { IsNull: false } statistics)
            return [Measurements.Failed("BenchmarkDotNet has no result of this benchmark.")];
        if (statistics.Find("OriginalValues") is { IsNull: false } values && values.Items(ImportLimits.MaximumRows) is { Count: > 0 } each)
            return Measurements.Trials([.. each.Select(value => new Measurements.Single(value.Milliseconds(MsPerNanosecond), 1))], most);
        return [Summary(statistics)];
    }

    private static bool IsResult(JsonItem measurement) => measurement.Find("IterationMode").TextOrEmpty() == "Workload" && measurement.Find("IterationStage").TextOrEmpty() == "Result";

    private static Measurements.Single Single(JsonItem measurement) => new(measurement.Need("Nanoseconds").Milliseconds(MsPerNanosecond), Math.Max(1, measurement.Need("Operations").Count()));

    private static TrialResult Summary(JsonItem statistics)
    {
        var mean = statistics.Need("Mean").Milliseconds(MsPerNanosecond);
        var count = Math.Max(1, statistics.Need("N").Count());
        return Measurements.Summary(count, 0, mean * count, mean > 0 ? MsPerSecond / mean : 0, new Latency { P50Ms = statistics.Need("Median").Milliseconds(MsPerNanosecond), MaxMs = statistics.Need("Max").Milliseconds(MsPerNanosecond), MeanMs = mean });
    }

    /// <summary>What a job is told apart by: "Sorting.Quick: Job-AB(Runtime=.NET 8.0) [N=10]" gives "Runtime=.NET 8.0"; empty for the default job. Its random name is left out.</summary>
    private static string Job(string display)
    {
        var colon = display.IndexOf(": ", StringComparison.Ordinal);
        var open = colon < 0 ? -1 : display.IndexOf('(', colon);
        var end = display.IndexOf(" [", Math.Max(0, colon), StringComparison.Ordinal);
        var job = open < 0 || (end >= 0 && end < open) ? "" : display[(open + 1)..(end < 0 ? display.Length : end)].TrimEnd(')');
        return job;
    }

    /// <summary>"Sorting-20261124-101530" as a name and a time.</summary>
    private static (string Name, DateTimeOffset? At) Titled(string title) =>
        title.Length > TimeForm.Length && title[^(TimeForm.Length + 1)] == '-'
        && DateTimeOffset.TryParseExact(title[^TimeForm.Length..], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (title[..^(TimeForm.Length + 1)], at) : (title, null);

    private static Machine Machine(JsonItem host)
    {
        var cores = host.Find("LogicalCoreCount") is { IsNull: false } count ? (int)count.Number(65_536) : 0;
        // Older versions wrap the name in an object.
        var processor = host.Find("ProcessorName") is { Element.ValueKind: JsonValueKind.Object } wrapped ? wrapped.Find("Value").TextOrEmpty() : host.Find("ProcessorName").TextOrEmpty();
        return new Machine("", cores, 0, host.Find("OsVersion").TextOrEmpty(), processor, "", 0, [new RuntimeInfo("dotnet", "dotnet", host.Find("RuntimeVersion").TextOrEmpty(), "", Gil: null, IsDefault: true)]);
    }
}
