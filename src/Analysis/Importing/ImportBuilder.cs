using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Importing;

/// <summary>Gives a tool's results the form of a run: cells, a plan, and trials in their places.</summary>
internal static class ImportBuilder
{
    public static ForeignRun Build(string source, ImportedResults results)
    {
        List<Cell> cells = [];
        List<PlannedTrial> planned = [];
        List<TrialResult> trials = [];
        foreach (var same in results.Benchmarks.GroupBy(Key, StringComparer.Ordinal))
        {
            var first = same.First();
            var used = results.Machine.Runtimes.FirstOrDefault(runtime => string.Equals(runtime.Language, first.Runtime, StringComparison.Ordinal))?.Id ?? first.Runtime;
            foreach (var (repetition, trial) in same.SelectMany(benchmark => benchmark.Trials).Index())
            {
                planned.Add(new PlannedTrial(planned.Count, cells.Count, repetition + 1));
                trials.Add(trial with { Index = trials.Count, Cell = cells.Count, Repetition = repetition + 1, Runtime = used });
            }

            cells.Add(CellOf(first));
        }

        if (trials.Count == 0)
            throw new ImportException("The file holds no measurement.");
        return new ForeignRun(source, results.MeasuredAt, Spec(source, results.Name, cells), results.Machine, new TrialPlan(cells, planned, 0, results.Notes), trials);
    }

    private static ExperimentSpec Spec(string source, string name, IReadOnlyList<Cell> cells) => new()
    {
        Name = ImportNames.Clean(name),
        Workload = new WorkloadSpec { Imported = source },
        Matrix = new MatrixSpec
        {
            Runtime = [.. cells.Select(cell => cell.Runtime).Distinct(StringComparer.Ordinal)],
            Strategy = [.. cells.Select(cell => cell.Strategy).Distinct()],
            Workers = [.. cells.Select(cell => cell.Workers).Distinct().Order()],
        },
        Load = new LoadSpec { Tasks = 1 },
        Repeat = 1,
        Warmup = new WarmupSpec { Tasks = 0 },
        Tags = ["imported", source],
    };

    private static Cell CellOf(ImportedBenchmark benchmark)
    {
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { [ImportNames.Parameter] = ParameterValue.Of(ImportNames.Benchmark(benchmark.Name)) };
        foreach (var (name, value) in benchmark.Parameters.Take(ImportLimits.MaximumParameters))
            parameters.TryAdd(ImportNames.Benchmark(name), value.IsNumber ? value : ParameterValue.Of(ImportNames.Benchmark(value.Text)));
        return new Cell(benchmark.Runtime, benchmark.Strategy, benchmark.Workers, null, null, null, 0, parameters);
    }

    private static string Key(ImportedBenchmark benchmark) => string.Join(
        '\n', [benchmark.Name, benchmark.Runtime, $"{benchmark.Strategy} {benchmark.Workers}", .. benchmark.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.Text}")]);
}
