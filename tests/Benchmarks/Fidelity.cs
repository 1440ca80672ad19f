using System.Globalization;

namespace Brigade.Benchmarks;

/// <summary>The throughput that Brigade reports for CPU-bound tasks against a bare loop over the same kernel.</summary>
internal sealed class Fidelity : ISuite
{
    public string Name => "fidelity";

    public string Title => "Fidelity: reported throughput against a bare loop over the same kernel";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        // The limits make tasks of about the given length on a common processor; the ratio does not depend on it.
        // One Python process is up to 5 % faster or slower than the next by the layout of its memory alone: many short rounds tell more than a few long ones.
        yield return await RowAsync(3 * rounds, "Python, tasks of about 1 ms", "python", limit: 5_000, tasks: 500, bound: 0.02);
        yield return await RowAsync(rounds, "Python, tasks of about 50 µs", "python", limit: 480, tasks: 20_000, bound: 0.10);
        yield return await RowAsync(rounds, ".NET, tasks of about 1 ms", "dotnet", limit: 50_000, tasks: 1_500, bound: 0.02);
        yield return await RowAsync(rounds, ".NET, tasks of about 50 µs", "dotnet", limit: 6_600, tasks: 30_000, bound: 0.10);
    }

    private static async Task<Row> RowAsync(int rounds, string what, string runtime, int limit, int tasks, double bound)
    {
        var yaml = $$"""
            version: 1
            name: fidelity
            workload: { kernel: cpu.primes, params: { limit: {{limit}} } }
            matrix: { runtime: [{{runtime}}], strategy: [sequential], workers: [1] }
            load: { tasks: {{tasks}} }
            warmup: { tasks: {{tasks / 10}} }
            repeat: 1
            """;
        var ratio = await Paired.RatioAsync(
            rounds,
            async () => (await Programs.BrigadeAsync(yaml)).Trials.Single().ThroughputPerSecond,
            () => runtime == "python" ? Programs.PythonAsync("loop.py", limit, tasks) : Programs.DotNetAsync("primes", limit, tasks));
        return new Row(what, "bare loop", ratio, string.Create(CultureInfo.InvariantCulture, $"within {bound:0%}"), Math.Abs(ratio.Median - 1) <= bound);
    }
}
