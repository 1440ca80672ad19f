namespace Brigade.Benchmarks;

/// <summary>A message of 64 KiB to another process and back: the channel that copies through the system against the one that does not, each as <c>ipc.transfer</c> measures it.</summary>
internal sealed class RoundTrip : ISuite
{
    private const int Bytes = 64 * 1024;

    public string Name => "round-trip";

    public string Title => "Round trip of 64 KiB between two processes, `shared-memory` against `pipe`";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        foreach (var (name, runtime, bound) in new[] { (".NET", "dotnet", 2.0), ("Python", "python", 1.0) })
        {
            var ratio = await Paired.RatioAsync(rounds, () => MeasuredAsync(runtime, "shared-memory"), () => MeasuredAsync(runtime, "pipe"));
            yield return new Row($"{name}, `shared-memory`", $"{name}, `pipe`", ratio, FormattableString.Invariant($"{bound}"), ratio.Median >= bound);
        }
    }

    private static async Task<double> MeasuredAsync(string runtime, string channel) => (await Programs.BrigadeAsync($$"""
        version: 1
        name: round-trip
        workload: { kernel: ipc.transfer, params: { channel: {{channel}}, mode: round-trip, bytes: {{Bytes}} } }
        matrix: { runtime: [{{runtime}}], strategy: [sequential], workers: [1] }
        load: { duration: 2s }
        warmup: { duration: 500ms }
        repeat: 1
        """)).Trials.Single().ThroughputPerSecond;
}
