using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Benchmarks;

/// <summary>How exactly tasks start on one processor when 1000 of them arrive each second.</summary>
internal sealed class OpenLoad : ISuite
{
    private const int Rate = 1_000;
    private const int Seconds = 3;

    public string Name => "open-load";

    public string Title => "Open load: actual minus intended start at the 99th percentile, 1000 arrivals a second on one processor";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        var ideal = new List<double>();
        var measured = new Dictionary<(string Runtime, Strategy Strategy), List<double>>();
        for (var round = 0; round < rounds; round++)
        {
            ideal.Add(await Programs.DotNetAsync("paced", Rate * Seconds, Rate));
            var result = await Programs.BrigadeAsync(string.Create(CultureInfo.InvariantCulture, $$"""
                version: 1
                name: open-load
                workload: { kernel: noop }
                matrix: { runtime: [python, dotnet, node], strategy: [sequential, threads, async, pool, processes], workers: [2] }
                load: { rate: {{Rate}}/s, duration: {{Seconds}}s }
                limits: { cpuSet: 0 }
                repeat: 1
                """));
            foreach (var trial in result.Trials)
            {
                var key = (Naming(trial), trial.Strategy);
                measured.TryAdd(key, []);
                measured[key].Add(trial.Status == TrialStatus.Completed && trial.Dropped == 0 ? trial.SchedulingP99Ms!.Value : double.PositiveInfinity);
            }
        }

        yield return new Row("a bare loop that sleeps until each start (the machine's ideal now)", "—", new Sample(ideal, " ms"), "(compare)", Reached: true);
        foreach (var ((runtime, strategy), values) in measured.OrderBy(pair => pair.Key.Runtime, StringComparer.Ordinal).ThenBy(pair => pair.Key.Strategy))
        {
            var sample = new Sample(values, " ms");
            yield return new Row($"{runtime}, {strategy.ToString().ToLowerInvariant()}", "—", sample, "under 1 ms", sample.Median < 1);
        }
    }

    private static string Naming(TrialRow trial) => RuntimeCatalogue.Of(trial.Runtime)?.Title ?? trial.Runtime;
}
