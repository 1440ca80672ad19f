namespace Brigade.Benchmarks;

/// <summary>What the subject teaches, by measurement: the GIL keeps threads from scaling, processes scale as far as this machine lets them now, and waiting overlaps.</summary>
internal sealed class SubjectTable : ISuite
{
    private const int Limit = 5_000;
    private const int Tasks = 1_500;

    public string Name => "subject";

    public string Title => "The subject's table: Python, 2 workers on `cpu.primes`; 16 workers on `io.sleep`";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        var threads = new List<double>();
        var processes = new List<double>();
        var bare = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var result = await Programs.BrigadeAsync($$"""
                version: 1
                name: subject
                workload: { kernel: cpu.primes, params: { limit: {{Limit}} } }
                matrix: { runtime: [python], strategy: [sequential, threads, processes], workers: [2] }
                load: { tasks: {{Tasks}} }
                repeat: 1
                """);
            double Of(Contracts.Spec.Strategy strategy) => result.Trials.Single(trial => trial.Strategy == strategy).ThroughputPerSecond;
            threads.Add(Of(Contracts.Spec.Strategy.Threads) / Of(Contracts.Spec.Strategy.Sequential));
            processes.Add(Of(Contracts.Spec.Strategy.Processes) / Of(Contracts.Spec.Strategy.Sequential));
            bare.Add(await Programs.PythonAsync("pool.py", Limit, Tasks, 2, 1) / await Programs.PythonAsync("loop.py", Limit, Tasks));
        }

        var ideal = new Sample(processes.Zip(bare, (ours, theirs) => ours / theirs).ToArray());
        yield return new Row("threads, speed-up over sequential", "—", new Sample(threads), "below 1.3", new Sample(threads).Median < 1.3);
        yield return new Row("bare multiprocessing script, speed-up over a bare loop", "—", new Sample(bare), "(the machine's ideal now)", Reached: true);
        yield return new Row("processes, speed-up over sequential", "—", new Sample(processes), "(compared below)", Reached: true);
        yield return new Row("processes' speed-up", "the bare script's speed-up", ideal, "0.9", ideal.Median >= 0.9);

        foreach (var strategy in new[] { "threads", "async" })
        {
            var walls = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var result = await Programs.BrigadeAsync($$"""
                    version: 1
                    name: waiting
                    workload: { kernel: io.sleep, params: { milliseconds: 50 } }
                    matrix: { runtime: [python], strategy: [{{strategy}}], workers: [16] }
                    load: { tasks: 64 }
                    warmup: { tasks: 0 }
                    repeat: 1
                    """);
                walls.Add(result.Trials.Single().WallMs);
            }

            yield return new Row($"`io.sleep` of 50 ms, 64 tasks, 16 workers, {strategy}", "the ideal of 200 ms", new Sample(walls, " ms"), "within 15 %", new Sample(walls).Median <= 230);
        }
    }
}
