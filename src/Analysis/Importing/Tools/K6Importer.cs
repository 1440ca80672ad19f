using System.Text.Json;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Importing.Tools;

/// <summary>k6's summary of a whole test, as <c>--summary-export</c> or <c>handleSummary</c> writes it: its HTTP requests and its iterations.</summary>
internal sealed class K6Importer : IImporter
{
    private const double MsPerSecond = 1000;
    private const int MaximumMetrics = 2_000;
    private const int MaximumUsers = 10_000_000;

    public string Name => "k6";

    public string Title => "k6";

    public string MadeBy => "k6 run --summary-export=FILE, or handleSummary";

    public bool Recognises(ImportFile file) => file.IsJson && file.Root is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("metrics", out var metrics)
        && metrics.ValueKind == JsonValueKind.Object && (root.TryGetProperty("root_group", out _) || metrics.TryGetProperty("iterations", out _) || metrics.TryGetProperty("http_reqs", out _));

    public ImportedResults Read(ImportFile file)
    {
        var root = file.Json;
        var metrics = root.Need("metrics");
        var names = metrics.Members(MaximumMetrics).Select(member => member.Name).ToArray();
        var users = Users(metrics);
        var duration = root.Find("state") is { IsNull: false } state && state.Find("testRunDurationMs") is { IsNull: false } measured ? measured.Milliseconds(1) : (double?)null;
        ImportedBenchmark?[] found =
        [
            Benchmark(metrics, "HTTP requests", "http_reqs", "http_req_duration", Failures(metrics), users, duration),
            Benchmark(metrics, "iterations", "iterations", "iteration_duration", 0, users, duration),
        ];
        var benchmarks = found.OfType<ImportedBenchmark>().ToArray();
        if (benchmarks.Length == 0)
            throw metrics.Wrong("The summary has neither 'http_reqs' with 'http_req_duration' nor 'iterations' with 'iteration_duration'.");
        return new ImportedResults { Name = ImportNames.Stem(file.Name), Benchmarks = benchmarks, Notes = Notes(names, benchmarks) };
    }

    private static List<string> Notes(IReadOnlyList<string> names, IReadOnlyList<ImportedBenchmark> benchmarks)
    {
        List<string> notes = ["k6's virtual users are shown as tasks in flight, the most that there were."];
        if (names.Count(name => name.Contains('{', StringComparison.Ordinal)) is > 0 and var parts)
            notes.Add($"{parts} metrics of parts of the test (by tag, scenario or group) were left out.");
        if (benchmarks.Any(benchmark => benchmark.Trials[0].Latency.P99Ms is null))
            notes.Add("The summary has no 99th percentile; run k6 with --summary-trend-stats=\"avg,min,med,max,p(90),p(95),p(99)\" to have it.");
        return notes;
    }

    private ImportedBenchmark? Benchmark(JsonItem metrics, string name, string counter, string trend, double failedRatio, int users, double? durationMs)
    {
        if (metrics.Find(counter).IsNull || metrics.Find(trend).IsNull)
            return null;
        var count = Values(metrics, counter);
        var latency = Values(metrics, trend);
        var tasks = count.Need("count").Count();
        var rate = count.Need("rate").Number(ImportLimits.LargestCount);
        var errors = (long)Math.Round(tasks * failedRatio);
        var wallMs = durationMs ?? (rate > 0 ? tasks * MsPerSecond / rate : 0);
        var trial = Measurements.Summary(tasks, errors, wallMs, rate * (1 - failedRatio), new Latency
        {
            P50Ms = Time(latency, "med", "p(50)"), P90Ms = Time(latency, "p(90)"), P95Ms = Time(latency, "p(95)"), P99Ms = Time(latency, "p(99)"), P999Ms = Time(latency, "p(99.9)"), MaxMs = Time(latency, "max"), MeanMs = Time(latency, "avg"),
        });
        return new ImportedBenchmark(name, Name, [trial]) { Strategy = Strategy.Async, Workers = users };
    }

    /// <summary>The newer form has a metric's figures in an object of their own.</summary>
    private static JsonItem Values(JsonItem metrics, string name)
    {
        var metric = metrics.Need(name);
        return metric.Find("values") is { IsNull: false } values ? values : metric;
    }

    private static double? Time(JsonItem values, params string[] names)
    {
        foreach (var name in names)
        {
            if (values.Find(name) is { IsNull: false } item)
                return item.Milliseconds(1);
        }

        return null;
    }

    private static double Failures(JsonItem metrics)
    {
        if (metrics.Find("http_req_failed").IsNull)
            return 0;
        var values = Values(metrics, "http_req_failed");
        return (values.Find("rate") is { IsNull: false } rate ? rate : values.Need("value")).Number(1);
    }

    private static int Users(JsonItem metrics)
    {
        if (metrics.Find("vus_max").IsNull)
            return 1;
        var values = Values(metrics, "vus_max");
        return (int)Math.Max(1, (values.Find("max") is { IsNull: false } max ? max : values.Need("value")).Number(MaximumUsers));
    }
}
