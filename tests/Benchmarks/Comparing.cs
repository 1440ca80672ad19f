using System.Globalization;
using System.Text.Json;
using Brigade.Analysis.Comparing;
using Brigade.Contracts;
using Brigade.Contracts.Runs;

namespace Brigade.Benchmarks;

/// <summary>
/// False alarms and power of comparisons. The runs are real: one experiment, measured again and again by the product, minutes apart, while nothing changed; so every "faster" or "slower"
/// between two of them is a false alarm. A comparison counts as one where any cell in any metric is told to differ.
/// </summary>
/// <param name="kept">A directory for the real runs: those that are there already are compared, and no more are measured. None where null.</param>
internal sealed class Comparing(string? kept) : ISuite
{
    private const int Comparisons = 1_000;
    private const int RunsPerRound = 7;
    private const int Repetitions = 10;
    private const int Earlier = 12;
    private const double Change = 0.05;
    private const double Noise = 0.02;

    private static readonly string Yaml = $$"""
        version: 1
        name: comparing
        workload: { kernel: cpu.primes, params: { limit: 20000 } }
        matrix: { runtime: [dotnet, python], strategy: [sequential, processes], workers: [2] }
        load: { duration: 350ms }
        warmup: { duration: 50ms }
        repeat: {{Repetitions}}
        """;

    public string Name => "comparing";

    public string Title => "Comparing: false alarms between real runs, and changes that are found";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        var runs = await RunsAsync(rounds * RunsPerRound);
        var random = new Random(1);
        var pairs = Pairs(runs.Count, random);
        var what = string.Create(CultureInfo.InvariantCulture, $"{pairs.Count} pairs of {runs.Count} real runs of {runs[0].Cells.Count} cells, {Repetitions} repetitions");
        var alarms = pairs.Select(pair => (pair.First, pair.Second, Comparison: Compare(runs[pair.First], runs[pair.Second]))).ToArray();
        yield return Alarms($"{what}: say \"different\"", alarms.Select(pair => pair.Comparison));
        foreach (var metric in Metrics.All)
            yield return Alarms($"… in {metric}", alarms.Select(pair => pair.Comparison), metric);
        var often = Enumerable.Range(0, runs.Count).MaxBy(run => alarms.Count(pair => (pair.First == run || pair.Second == run) && IsAlarm(pair.Comparison)));
        yield return Alarms($"… without the run that is in most of them, the {often + 1}th", alarms.Where(pair => pair.First != often && pair.Second != often).Select(pair => pair.Comparison));
        yield return Alarms($"the same with the medians of the {Earlier} nearest other runs as history", pairs.Select(pair => Compare(runs[pair.First], runs[pair.Second], History(runs, pair))));
        yield return Alarms($"{Comparisons} randomised halves of the repetitions of two runs, one cell", Enumerable.Range(0, Comparisons).Select(_ => Halves(runs, random)));
        yield return Found($"a change of 5 % among {Comparisons}, normal noise of 2 %, {Repetitions} repetitions: found", runs[0], () => Normal(random));
        var residuals = Residuals(runs);
        yield return Found("the same with the real repetitions' noise, scaled to 2 %", runs[0], () => residuals[random.Next(residuals.Length)]);
    }

    private static List<(int First, int Second)> Pairs(int runs, Random random)
    {
        var all = Enumerable.Range(0, runs).SelectMany(first => Enumerable.Range(first + 1, runs - first - 1).Select(second => (first, second))).ToArray();
        random.Shuffle(all);
        return [.. all.Take(Comparisons)];
    }

    private static Comparison Compare(RunResult one, RunResult other, IReadOnlyList<RunResult>? history = null) =>
        RunComparer.Compare([("a", one), ("b", other)], new ComparisonRules { EarlierMedians = history is null ? null : EarlierRuns.Medians(history) });

    private static IReadOnlyList<RunResult> History(List<RunResult> runs, (int First, int Second) pair) =>
        [.. Enumerable.Range(0, runs.Count).Where(run => run != pair.First && run != pair.Second).OrderBy(run => Math.Abs(run - pair.First)).Take(Earlier).Order().Select(run => runs[run])];

    /// <summary>The repetitions of one cell in two neighbouring runs, dealt out anew: nothing but the noise between repetitions is left.</summary>
    private static Comparison Halves(List<RunResult> runs, Random random)
    {
        var at = random.Next(runs.Count - 1);
        var cell = runs[at].Cells[random.Next(runs[at].Cells.Count)];
        var rows = Rows(runs[at], cell).Concat(Rows(runs[at + 1], cell)).ToArray();
        random.Shuffle(rows);
        return Compare(Of(runs[at], cell, rows[..(rows.Length / 2)]), Of(runs[at], cell, rows[(rows.Length / 2)..]));
    }

    private static IEnumerable<TrialRow> Rows(RunResult run, CellResult cell) =>
        run.Trials.Where(row => row.Status == TrialStatus.Completed && row.Runtime == cell.Cell.Runtime && row.Strategy == cell.Cell.Strategy && row.Workers == cell.Cell.Workers);

    private static RunResult Of(RunResult run, CellResult cell, IEnumerable<TrialRow> rows) => run with { Cells = [cell], Trials = [.. rows.Select((row, index) => row with { Index = index })] };

    private static Row Alarms(string what, IEnumerable<Comparison> comparisons, string? metric = null)
    {
        var share = comparisons.Average(comparison => IsAlarm(comparison, metric) ? 1 : 0);
        return new Row(what, "none should", new Sample([share]), "at most 0.01", share <= 0.01);
    }

    private static bool IsAlarm(Comparison comparison, string? metric = null) =>
        comparison.Cells.Any(cell => cell.Verdicts.Any(verdict => verdict.Verdict is Verdict.Faster or Verdict.Slower && (metric is null || verdict.Metric == metric)));

    private async Task<List<RunResult>> RunsAsync(int count)
    {
        if (kept is not null && Directory.Exists(kept) && Directory.GetFiles(kept, "*.json") is { Length: > 0 } files)
            return [.. await Task.WhenAll(files.Order(StringComparer.Ordinal).Select(ReadAsync))];
        var runs = new List<RunResult>();
        for (var run = 0; run < count; run++)
        {
            runs.Add(await Programs.BrigadeAsync(Yaml));
            if (kept is not null)
                await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(kept).FullName, $"{run:000}.json"), JsonSerializer.Serialize(runs[^1], BrigadeJson.Options));
        }

        return runs;
    }

    private static async Task<RunResult> ReadAsync(string file) => JsonSerializer.Deserialize<RunResult>(await File.ReadAllTextAsync(file), BrigadeJson.Options)!;

    private static Row Found(string what, RunResult like, Func<double> noise)
    {
        var cell = like.Cells[0];
        var template = Rows(like, cell).First() with { OtherLoad = 0, Latency = new Latency() };
        RunResult Make(double level) => Of(like, cell, Enumerable.Range(0, Repetitions).Select(_ => template with { ThroughputPerSecond = level * Math.Exp(Noise * noise()) }));
        var found = Enumerable.Range(0, Comparisons).Average(_ => Compare(Make(100), Make(100 * (1 - Change))).Cells[0].Verdicts.Any(verdict => verdict.Verdict == Verdict.Slower) ? 1 : 0);
        return new Row(what, "all should", new Sample([found]), "0.95", found >= 0.95);
    }

    /// <summary>Logarithms of the repetitions over their cell's median in their run, scaled to a standard deviation of 1.</summary>
    private static double[] Residuals(List<RunResult> runs)
    {
        var residuals = runs.SelectMany(run => run.Cells.SelectMany(cell =>
        {
            var values = Rows(run, cell).Select(row => Math.Log(row.ThroughputPerSecond)).ToArray();
            var deviation = Deviation(values);
            return deviation > 0 ? values.Select(value => (value - values.Average()) / deviation) : [];
        })).ToArray();
        return residuals;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
