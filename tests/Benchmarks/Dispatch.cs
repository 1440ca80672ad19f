using Brigade.Runner.TrialHosts.DotNet;

namespace Brigade.Benchmarks;

/// <summary>How fast trivial tasks are handed to worker processes, everything recorded.</summary>
internal sealed class Dispatch : ISuite
{
    private const int Workers = 2;

    /// <summary>What the limits that the bar was taken from were measured with.</summary>
    private const int UsualWindow = 64;

    /// <summary>Two batches of the shortest tasks.</summary>
    private const int BrigadeWindow = 2 * Batches.LargestBatch;

    public string Name => "dispatch";

    public string Title => "Dispatch of a trivial task to 2 worker processes";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        yield return Reach(
            ".NET `processes`, chunk size 1, everything recorded", "Python's bare `Pool.map`, chunk size 1", 50,
            await Paired.RatioAsync(rounds, () => MeasuredAsync("dotnet", 4_000_000), () => Programs.PythonAsync("dispatch.py", 60_000, Workers)));
        yield return Reach(
            "the same", $"a bare .NET loop over the same pipes, each task a message, {UsualWindow} at a time", 0.85,
            await Paired.RatioAsync(rounds, () => MeasuredAsync("dotnet", 4_000_000), () => Programs.DotNetAsync("each", 4_000_000, Workers, UsualWindow)));
        yield return Compare(
            "the same", $"the same bare loop with as many tasks at a worker as Brigade has, {BrigadeWindow}",
            await Paired.RatioAsync(rounds, () => MeasuredAsync("dotnet", 4_000_000), () => Programs.DotNetAsync("each", 4_000_000, Workers, BrigadeWindow)));
        yield return Compare(
            "the same", $"a bare .NET loop that sends {Batches.LargestBatch} numbers in a message, as Brigade does, and nothing else",
            await Paired.RatioAsync(rounds, () => MeasuredAsync("dotnet", 4_000_000), () => Programs.DotNetAsync("dispatch", 4_000_000, Workers)));
        yield return Reach(
            "Python `processes`, chunk size 1, everything recorded", "Python's bare `Pool.map`, chunk size 1", 0.95,
            await Paired.RatioAsync(rounds, () => MeasuredAsync("python", 60_000), () => Programs.PythonAsync("dispatch.py", 60_000, Workers)));
    }

    private static Row Reach(string what, string against, double bound, Sample ratio) => new(what, against, ratio, FormattableString.Invariant($"{bound}"), ratio.Median >= bound);

    private static Row Compare(string what, string against, Sample ratio) => new(what, against, ratio, "(for comparison)", Reached: true);

    private static async Task<double> MeasuredAsync(string runtime, int tasks) => (await Programs.BrigadeAsync($$"""
        version: 1
        name: dispatch
        workload: { kernel: noop }
        matrix: { runtime: [{{runtime}}], strategy: [processes], workers: [{{Workers}}] }
        load: { tasks: {{tasks}} }
        warmup: { tasks: {{tasks / 10}} }
        repeat: 1
        """)).Trials.Single().ThroughputPerSecond;
}
