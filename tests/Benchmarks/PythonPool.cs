namespace Brigade.Benchmarks;

/// <summary>Brigade's Python <c>processes</c> against a bare <c>multiprocessing.Pool.imap_unordered</c> script with the same chunk size.</summary>
internal sealed class PythonPool : ISuite
{
    public string Name => "python-pool";

    public string Title => "Python processes against a bare multiprocessing.Pool";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        foreach (var (limit, tasks, chunk) in new[] { (5_000, 3_000, 1), (5_000, 3_000, 16), (480, 40_000, 64) })
        {
            var yaml = $$"""
                version: 1
                name: python-pool
                workload: { kernel: cpu.primes, params: { limit: {{limit}} } }
                matrix: { runtime: [python], strategy: [processes], workers: [2], chunkSize: [{{chunk}}] }
                load: { tasks: {{tasks}} }
                warmup: { tasks: {{tasks / 10}} }
                repeat: 1
                """;
            var ratio = await Paired.RatioAsync(
                rounds,
                async () => (await Programs.BrigadeAsync(yaml)).Trials.Single().ThroughputPerSecond,
                () => Programs.PythonAsync("pool.py", limit, tasks, 2, chunk));
            yield return new Row($"`cpu.primes` below {limit}, 2 workers, chunk size {chunk}", "bare script", ratio, "0.95", ratio.Median >= 0.95);
        }
    }
}
