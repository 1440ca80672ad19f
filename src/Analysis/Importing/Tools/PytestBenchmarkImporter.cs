using System.Globalization;
using System.Text.Json;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Importing.Tools;

/// <summary>pytest-benchmark's JSON: a test is a benchmark, and each of its rounds a measurement of as many tasks as it has iterations.</summary>
internal sealed class PytestBenchmarkImporter : IImporter
{
    private const double MsPerSecond = 1000;

    public string Name => "pytest-benchmark";

    public string Title => "pytest-benchmark";

    public string MadeBy => "pytest --benchmark-json=FILE";

    public bool Recognises(ImportFile file) => file.IsJson && file.Root is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("benchmarks", out var benchmarks)
        && benchmarks.ValueKind == JsonValueKind.Array && (root.TryGetProperty("machine_info", out _) || root.TryGetProperty("commit_info", out _));

    public ImportedResults Read(ImportFile file)
    {
        var root = file.Json;
        var benchmarks = root.Need("benchmarks").Items(ImportLimits.MaximumBenchmarks);
        var most = Measurements.Most(benchmarks.Count);
        var project = root.Find("commit_info") is { IsNull: false } commit ? commit.Find("project").TextOrEmpty() : "";
        return new ImportedResults
        {
            Name = project.Length > 0 ? project : ImportNames.Stem(file.Name),
            MeasuredAt = DateTimeOffset.TryParse(root.Find("datetime").TextOrEmpty(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
            Machine = root.Find("machine_info") is { IsNull: false } machine ? Machine(machine) : new ImportedResults { Name = "", Benchmarks = [] }.Machine,
            Benchmarks = [.. benchmarks.Select(benchmark => Benchmark(benchmark, most))],
        };
    }

    private static ImportedBenchmark Benchmark(JsonItem benchmark, int most)
    {
        var stats = benchmark.Need("stats");
        var iterations = Math.Max(1, stats.Find("iterations") is { IsNull: false } count ? count.Count() : 1);
        return new ImportedBenchmark(benchmark.Find("fullname").TextOrEmpty() is { Length: > 0 } name ? name : benchmark.Need("name").Text(), "python", Trials(stats, iterations, most));
    }

    private static IReadOnlyList<TrialResult> Trials(JsonItem stats, long iterations, int most)
    {
        if (stats.Find("data") is { IsNull: false } data && data.Items(ImportLimits.MaximumRows) is { Count: > 0 } rounds)
        {
            _ = Product(stats, rounds.Count, iterations);
            return Measurements.Trials([.. rounds.Select(round => new Measurements.Single(round.Milliseconds(MsPerSecond) * iterations, iterations))], most);
        }

        var mean = stats.Need("mean").Milliseconds(MsPerSecond);
        var tasks = Product(stats, stats.Need("rounds").Count(), iterations);
        return [Measurements.Summary(tasks, 0, mean * tasks, mean > 0 ? MsPerSecond / mean : 0, new Latency { P50Ms = stats.Need("median").Milliseconds(MsPerSecond), MaxMs = stats.Need("max").Milliseconds(MsPerSecond), MeanMs = mean })];
    }

    /// <summary>Tasks of all rounds: each factor may be as large as a count can be, and so may they together.</summary>
    private static long Product(JsonItem stats, long rounds, long iterations) => rounds <= ImportLimits.LargestCount / iterations ? rounds * iterations
        : throw stats.Wrong(string.Create(CultureInfo.InvariantCulture, $"{rounds:#,0} rounds of {iterations:#,0} iterations cannot be: no benchmark runs that often."));

    private static Machine Machine(JsonItem machine)
    {
        var cpu = machine.Find("cpu");
        var version = machine.Find("python_version").TextOrEmpty();
        var minor = string.Join('.', version.Split('.').Take(2));
        var id = minor.Length is > 0 and < 10 && minor.All(letter => char.IsAsciiDigit(letter) || letter == '.') ? "python" + minor : "python";
        return new Machine(
            ImportNames.Benchmark(machine.Find("node").TextOrEmpty()),
            Cores(cpu),
            0,
            $"{machine.Find("system").TextOrEmpty()} {machine.Find("release").TextOrEmpty()}".Trim(),
            cpu.Element.ValueKind == JsonValueKind.Object ? new[] { "brand_raw", "brand" }.Select(name => cpu.Find(name).TextOrEmpty()).FirstOrDefault(brand => brand.Length > 0) ?? "" : machine.Find("processor").TextOrEmpty(),
            "",
            0,
            [new RuntimeInfo(id, "python", version, "", Gil: null, IsDefault: true)]);
    }

    private static int Cores(JsonItem cpu) => cpu.Element.ValueKind == JsonValueKind.Object && cpu.Find("count") is { IsNull: false } count ? (int)count.Number(65_536) : 0;
}
