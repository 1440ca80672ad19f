namespace Brigade.Benchmarks;

/// <summary>Each strategy of Brigade against the same strategy in a bare script (Python, 2 workers) or a bare loop over the kernel (.NET, 1 worker).</summary>
internal sealed class Cells : ISuite
{
    public string Name => "cells";

    public string Title => "Cells against the same strategy in a bare program";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        foreach (var (length, limit, tasks, bound) in new[] { ("1 ms", 50_000, 1_000, 0.98), ("50 µs", 6_600, 20_000, 0.95) })
        {
            foreach (var strategy in new[] { "sequential", "threads", "async", "pool", "processes" })
            {
                var ratio = await Paired.RatioAsync(
                    rounds,
                    () => MeasuredAsync("dotnet", strategy, limit, tasks, workers: 1),
                    () => Programs.DotNetAsync("primes", limit, tasks));
                yield return new Row($".NET `{strategy}`, tasks of about {length}", "a bare loop", ratio, FormattableString.Invariant($"{bound}"), ratio.Median >= bound);
            }
        }

        foreach (var (length, limit, tasks, bound) in new[] { ("1 ms", 5_000, 1_000, 0.95), ("50 µs", 480, 15_000, 0.9) })
        {
            foreach (var strategy in new[] { "sequential", "threads", "async", "pool", "processes" })
            {
                var ratio = await Paired.RatioAsync(
                    rounds,
                    () => MeasuredAsync("python", strategy, limit, tasks, workers: 2),
                    () => Programs.PythonAsync("strategy.py", strategy, limit, tasks, 2));
                yield return new Row($"Python `{strategy}`, tasks of about {length}", "the bare script", ratio, FormattableString.Invariant($"{bound}"), ratio.Median >= bound);
            }
        }
    }

    private static async Task<double> MeasuredAsync(string runtime, string strategy, int limit, int tasks, int workers) => (await Programs.BrigadeAsync($$"""
        version: 1
        name: cells
        workload: { kernel: cpu.primes, params: { limit: {{limit}} } }
        matrix: { runtime: [{{runtime}}], strategy: [{{strategy}}], workers: [{{workers}}] }
        load: { tasks: {{tasks}} }
        warmup: { tasks: {{tasks / 10}} }
        repeat: 1
        """)).Trials.Single().ThroughputPerSecond;
}
